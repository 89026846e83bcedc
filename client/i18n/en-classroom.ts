/** English sentences with which a class is led; the Chinese ones are in zh-CN-classroom.ts under the same keys. */

export const enClassroom = {
  'show.led': 'led by a student',
  'lead.spotlight.locked':
    '{{name}} has the spotlight, but the view is locked. Unlock it, and the room follows {{name}}.',
  'lead.spotlight.you.locked':
    'You have the spotlight. The host has locked the view; once it is unlocked, everyone follows you.',
  'next.back.guess': 'There is no way back while a guess stands: reveal it first.',
  'next.back.first': 'This is the first step of the lesson.',
  'next.skip.reveal': 'Only the reveal is left of this guess: there is nothing to skip.',
  'guess.beside': 'Show a plot beside the guess',
  'guess.beside.detail': 'Students answer beside the plot of other runs. Nothing of this run is in it.',
  'room.admit': 'Let people in by hand',
  'waiting.label': 'At the door',
  'waiting.count_one': '{{count}} person waits at the door',
  'waiting.count_other': '{{count}} people wait at the door',
  'waiting.admit': 'Let in',
  'waiting.admit.name': 'Let in: {{name}}',
  'waiting.admit.all': 'Let all in',
  'waiting.refuse': 'Turn away',
  'waiting.refuse.name': 'Turn away: {{name}}',
} as const;
