/** English sentences at the door of a room; the Chinese ones are in zh-CN-door.ts under the same keys. */

export const enDoor = {
  'join.count': 'How many are you at this device?',
  'join.suggested': 'Or take one of these names',
  'join.take': 'Enter as {{name}}',
  'closed.code': 'Room code',
  'closed.room-not-found.title': 'There is no room {{code}}',
  'closed.room-not-found.text':
    'A code has six letters or digits, never 0, 1, I, L or O. It can change during a lesson: look at the screen for the current one.',
  'closed.room-full.title': 'This room is full',
  'closed.room-full.text':
    'A place becomes free when somebody leaves. You can also sit down with others: one device can stand for up to four people.',
  'closed.room-locked.title': 'This room is locked',
  'closed.room-locked.text':
    'Nobody new can come in just now. Ask for the room to be opened, then try again. Whoever was in it before returns with the same browser.',
  'closed.removed.title': 'You have been removed from this room',
  'closed.removed.text': 'The host has ended your place here. You may come back under a name, as somebody new.',
  'closed.removed.again': 'Come back under a name',
  'closed.banned.title': 'You cannot come back to this room',
  'closed.banned.text':
    'The host has closed it to you and to this device. If that is a mistake, speak to the host: it can be undone, and you will be who you were.',
  'closed.room-ended.title': 'This room has ended',
  'closed.room-ended.text':
    'Thank you for taking part. What was said and measured here is kept on the server for a while.',
  'closed.room-ended.look': 'Look once more at what was shown',
  'closed.network.title': 'The server does not answer',
  'closed.network.text':
    'This page keeps trying by itself. Check that this device is in the network that your teacher named; the server may also be asleep or switched off.',
  'closed.protocol-unsupported.title': 'This page is out of date',
  'closed.protocol-unsupported.text':
    'The server has been renewed since this page was loaded. Reload it; you stay who you are, and nothing is lost.',
  'closed.rate-limited.title': 'Too many wrong codes',
  'closed.rate-limited.text':
    'From your network many codes were tried that do not exist. Wait a minute, then try again with the code on the screen.',
  'closed.trying': 'Trying again…',
  'closed.saved': 'Saved in this browser',
  'closed.saved.name': 'your place in this room, as {{name}}',
  'closed.saved.place': 'your place in this room',
  'closed.saved.host': 'the key that makes you its host',
  'closed.saved.none': 'nothing of this room yet',
  'closed.saved.waiting_one':
    '{{count}} thing you did that the server has not confirmed yet; it is sent when it answers',
  'closed.saved.waiting_other':
    '{{count}} things you did that the server has not confirmed yet; they are sent when it answers',
  'closed.saved.rest': 'Everything that was confirmed is kept on the server.',
  'waiting.title': 'You are at the door',
  'waiting.text': 'The host lets people in one by one. You will come in as {{name}}.',
  'waiting.detail':
    'This page opens by itself; there is nothing you need to do. If you close it, come back with the same browser.',
  'in-app.note':
    'You are in the browser of {{app}}. All of this works here; to come back later as the same person, open its menu (⋯ or ⋮) and choose “Open in browser”.',
} as const;
