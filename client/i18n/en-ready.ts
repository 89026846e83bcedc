/** What a host reads before a class, and in a rehearsal. */
export const enReady = {
  'ready.open': 'Ready?',
  'ready.title': 'Ready for class?',
  'ready.reach': 'Can phones reach this lab?',
  'ready.address': 'Students will use',
  'ready.local':
    'Only this computer can open this address. Phones need one of the network you share: start the lab without HOST, or set PUBLIC_URL.',
  'ready.scan': 'Scan this with a phone that is in the same network as your students’.',
  'ready.reached': '✓ A phone has reached the lab.',
  'ready.computing': 'Is there enough computing?',
  'ready.measuring': 'The lab is still finding out how fast this computer is…',
  'ready.rate_one': '{{count}} training thread: about {{runs}} runs like the lesson’s a minute.',
  'ready.rate_other': '{{count}} training threads: about {{runs}} runs like the lesson’s a minute.',
  'ready.lesson': 'The runs of the lesson itself need {{time}} in all.',
  'ready.students': 'Students',
  'ready.each': 'If each of them has a run of their own, that takes {{time}} more.',
  'rehearsal.title': 'Rehearsal',
  'rehearsal.lead':
    'A room of its own with the same lesson and 12 pretend students, who guess, answer, propose and drop out. Nothing of it reaches your class or its report.',
  'rehearsal.open': 'Rehearse with 12 pretend students',
  'rehearsal.banner_one': 'A rehearsal with {{count}} pretend student. Your class sees nothing of it.',
  'rehearsal.banner_other': 'A rehearsal with {{count}} pretend students. Your class sees nothing of it.',
  'rehearsal.end': 'End the rehearsal',
  'people.pretend': 'pretend',
} as const;
