/** Chinese sentences with which a class is led; under the keys of en-classroom.ts. */

export const zhCNClassroom = {
  'show.led': '由同学带领',
  'lead.spotlight.locked': '{{name}} 正在展示，但视图已锁定。解锁后全班会跟随 {{name}}。',
  'lead.spotlight.you.locked': '你正在展示。主持人锁定了视图；解锁后所有人会跟随你。',
  'next.back.guess': '猜测进行中无法返回上一步：请先揭晓。',
  'next.back.first': '这已经是课程的第一步。',
  'next.skip.reveal': '这次猜测只剩揭晓，没有可跳过的内容。',
  'guess.beside': '在猜测旁显示图表',
  'guess.beside.detail': '学生在其他实验的图表旁作答；图中不含这次实验的任何数据。',
  'room.admit': '手动放人进入',
  'waiting.label': '门口',
  'waiting.count_other': '有 {{count}} 人在门口等候',
  'waiting.admit': '请进',
  'waiting.admit.name': '请进：{{name}}',
  'waiting.admit.all': '全部请进',
  'waiting.refuse': '谢绝',
  'waiting.refuse.name': '谢绝：{{name}}',
} as const;
