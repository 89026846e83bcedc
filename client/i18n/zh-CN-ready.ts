/** 老师上课之前和排练时读到的文字。 */
export const zhCNReady = {
  'ready.open': '准备好了？',
  'ready.title': '可以上课了吗？',
  'ready.reach': '手机能打开实验室吗？',
  'ready.address': '学生将使用的地址是',
  'ready.local': '这个地址只有本机能打开。手机需要同一网络中的地址：启动实验室时不要设置 HOST，或者设置 PUBLIC_URL。',
  'ready.scan': '请用一部和学生处在同一网络的手机扫描。',
  'ready.reached': '✓ 已有手机打开了实验室。',
  'ready.computing': '算力够吗？',
  'ready.measuring': '实验室还在测量这台电脑的速度……',
  'ready.rate_other': '{{count}} 个训练线程：每分钟大约能完成 {{runs}} 次课程中的训练。',
  'ready.lesson': '课程本身的训练总共需要{{time}}。',
  'ready.students': '学生人数',
  'ready.each': '如果每人再做一次自己的训练，还需要{{time}}。',
  'rehearsal.title': '排练',
  'rehearsal.lead':
    '另开一个房间：同样的课程，12 名模拟学生会猜测、回答、提议，也会中途掉线。你的班级和课堂报告中不会出现任何排练内容。',
  'rehearsal.open': '与 12 名模拟学生一起排练',
  'rehearsal.banner_other': '正在排练：{{count}} 名模拟学生。你的班级看不到这里。',
  'rehearsal.end': '结束排练',
  'people.pretend': '模拟',
} as const;
