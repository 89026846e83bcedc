/** Chinese sentences at the door of a room; under the keys of en-door.ts. */

export const zhCNDoor = {
  'join.count': '这台设备前有几个人？',
  'join.suggested': '也可以用下面的名字',
  'join.take': '以 {{name}} 的名字进入',
  'closed.code': '房间码',
  'closed.room-not-found.title': '没有房间 {{code}}',
  'closed.room-not-found.text':
    '房间码由六个字母或数字组成，不含 0、1、I、L 和 O。上课时房间码可能更换，请以大屏幕上显示的为准。',
  'closed.room-full.title': '这个房间已满',
  'closed.room-full.text': '有人离开就会空出位置。也可以和别人坐在一起：一台设备最多可以代表四个人。',
  'closed.room-locked.title': '这个房间已锁定',
  'closed.room-locked.text':
    '现在不能有新人进入。请主持人打开房间，然后再试一次。之前进过房间的人用同一个浏览器就能回来。',
  'closed.removed.title': '你已被移出这个房间',
  'closed.removed.text': '主持人让你离开了房间。你可以另起一个名字，作为新成员回来。',
  'closed.removed.again': '另起名字回来',
  'closed.banned.title': '你不能再进入这个房间',
  'closed.banned.text':
    '主持人已不允许你和这台设备进入。如果是误会，请和主持人说明：这一操作可以撤销，撤销后你仍是原来的你。',
  'closed.room-ended.title': '这个房间已经结束',
  'closed.room-ended.text': '感谢参与。房间里的发言和测量结果还会在服务器上保留一段时间。',
  'closed.room-ended.look': '再看看刚才的内容',
  'closed.network.title': '服务器没有回应',
  'closed.network.text': '页面会自动继续尝试。请确认这台设备连着老师指定的网络；服务器也可能已休眠或关机。',
  'closed.protocol-unsupported.title': '页面版本过旧',
  'closed.protocol-unsupported.text': '页面打开之后，服务器已经更新。重新加载即可；你的身份不变，内容也不会丢失。',
  'closed.rate-limited.title': '输错的房间码太多了',
  'closed.rate-limited.text': '你所在的网络多次尝试了不存在的房间码。请等一分钟，再输入大屏幕上的房间码。',
  'closed.trying': '正在重试…',
  'closed.saved': '这个浏览器里保存着',
  'closed.saved.name': '你在这个房间里的位置，名字是 {{name}}',
  'closed.saved.place': '你在这个房间里的位置',
  'closed.saved.host': '主持这个房间的密钥',
  'closed.saved.none': '还没有这个房间的任何内容',
  'closed.saved.waiting_other': '{{count}} 项服务器尚未确认的操作，恢复后会自动发送',
  'closed.saved.rest': '已确认的内容都保存在服务器上。',
  'waiting.title': '请在门口稍候',
  'waiting.text': '主持人会逐一请人进入。你将以 {{name}} 的名字进入房间。',
  'waiting.detail': '轮到你时页面会自动打开，无需任何操作。如果关闭了页面，请用同一个浏览器回来。',
  'in-app.note':
    '你正在 {{app}} 的内置浏览器中。这里可以正常使用；若想以后仍以同一身份回来，请点右上角菜单（⋯ 或 ⋮），选择“在浏览器打开”。',
} as const;
