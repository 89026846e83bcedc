/** English sentences with which a class is led; the Chinese ones are in zh-CN-classroom.ts under the same keys. */

export const enClassroom = {
  'show.led': 'led by a student',
  'lead.spotlight.locked':
    '{{name}} has the spotlight, but the view is locked. Unlock it, and the room follows {{name}}.',
  'lead.spotlight.you.locked':
    'You have the spotlight. The host has locked the view; once it is unlocked, everyone follows you.',
} as const;
