/** Chinese sentences with which a class is led; under the keys of en-classroom.ts. */

export const zhCNClassroom = {
  'show.led': '由同学带领',
  'lead.spotlight.locked': '{{name}} 正在展示，但视图已锁定。解锁后全班会跟随 {{name}}。',
  'lead.spotlight.you.locked': '你正在展示。主持人锁定了视图；解锁后所有人会跟随你。',
} as const;
