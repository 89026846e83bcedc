/** English sentences about people and the door of a room; the Chinese ones are in zh-CN-people.ts under the same keys. */

export const enPeople = {
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

  'connection.waiting_one': '{{count}} thing you did is sent when it is back.',
  'connection.waiting_other': '{{count}} things you did are sent when it is back.',

  'people.title': 'People',
  'people.search': 'Search names',
  'people.connected': 'connected',
  'people.away': 'away',
  'people.gone': 'not connected',
  'people.you': 'you',
  'people.none': 'Nobody of that name is here.',
  'people.count_one': '{{count}} person, {{connected}} connected',
  'people.count_other': '{{count}} people, {{connected}} connected',
  'people.devices': 'at {{devices}} devices',
  'people.several': '{{count}} people',
  'people.remote': 'another device with the host’s key',
  'people.hands_one': '{{count}} hand is up',
  'people.hands_other': '{{count}} hands are up',
  'people.hand': 'Hand {{place}}',
  'people.hands.lower-all': 'Lower all hands',
  'people.list': 'Everybody',
  'people.menu': 'What to do with {{name}}',
  'people.rename': 'Rename',
  'people.rename.you': 'Change your name',
  'people.rename.to': 'New name of {{name}}',
  'people.rename.done': 'Change the name',
  'people.grant': 'Make co-host',
  'people.revoke': 'Make student again',
  'people.lower': 'Lower the hand',
  'people.merge': 'Same person as…',
  'people.merge.who': 'Who is {{name}} really? Choose the entry that stays. What {{name}} answered counts for it.',
  'people.merge.this': 'Is {{name}}',
  'people.remove': 'Remove',
  'people.remove.ask': 'Remove {{name}}? They may come back as somebody new.',
  'people.ban': 'Keep out for good',
  'people.ban.ask':
    'Keep {{name}} and this device out until you undo it? Against a new device or a cleared browser lock the room.',
  'people.banned': 'Kept out',
  'people.unban': 'Let {{name}} in again',
  'people.unban.short': 'Let in again',

  'hand.raise': 'Raise your hand',
  'hand.lower': 'Lower your hand',
  'hand.up': 'Your hand is up',

  'room.title': 'The room',
  'room.lock': 'Lock the room: nobody new comes in',
  'room.anonymous': 'Numbers instead of names on the screen',
  'room.join-on-screen': 'The screen shows only how to join',
  'room.rotate': 'New code',
  'room.rotate.ask': 'Give the room a new code? The old one is unknown at once; everybody who is here stays.',
  'room.rotated': 'The code is now {{code}}.',
  'room.end': 'End the room',
  'room.end.ask':
    'End the room for everybody? Training stops and nobody can come back; what was measured is kept for a while.',
  'room.remote': 'Your phone as a remote',
  'room.remote.text':
    'Scan this with your own phone: it becomes a second host. Whoever has this link leads the room, so keep it off the projector.',
  'room.remote.copy': 'Copy the host link',
  'room.remote.qr': 'QR code of the host link',

  'join.view.title': 'Join in',
  'join.view.open': 'Fill the screen',
  'join.view.close': 'Back to the room',
  'join.view.type': 'Open {{address}} and type',
  'join.view.scan': 'or scan',
  'join.view.locked': 'The room is locked',
  'join.view.here_one': '{{count}} person is here',
  'join.view.here_other': '{{count}} people are here',

  'screen.person': 'Student {{n}}',
} as const;
