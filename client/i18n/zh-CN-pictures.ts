/** Chinese sentences about pictures of shapes and networks that repeat their pictures; under the keys of en-pictures.ts. */

export const zhCNPictures = {
  'form.data': '数据',
  'form.targets': '要回答什么',
  'form.bits': '位数',
  'hint.bits': '2 到 16 的整数',
  'hint.train.shapes': '1 到 20,000 的整数',
  'hint.output.copies': 'softmax 不能用图像来回答：请选 sigmoid 或线性输出。',
  'shapes.one.triangle': '三角形',
  'shapes.one.parallelogram': '平行四边形',
  'shapes.one.ellipse': '椭圆',
  'shapes.same.triangle': '两个三角形',
  'shapes.same.parallelogram': '两个平行四边形',
  'shapes.same.ellipse': '两个椭圆',
  'shapes.two': '{{one}}和{{other}}',
  'says.digit.shapes': '图中是{{label}}，回答是{{answer}}：{{verdict}}',
  'says.digit.none.shapes': '图中是{{label}}；有输出不是数，因此没有回答',
  'says.one.shapes':
    '第 {{step}} 步时，{{images}} 张图像中有 {{answered}} 张它都回答“{{digit}}”；其中真正如此的有 {{labels}} 张。',
  'says.right.of.shapes':
    '第 {{step}} 步时，它答对了 {{images}} 张图像中的 {{right}} 张。最常见的回答是“{{digit}}”，共 {{answered}} 次；实际有 {{labels}} 张。',
  'says.table.shapes': '第 {{step}} 步：对 {{count}} 张图像的回答',
  'says.copies':
    '第 {{step}} 步时，它复现 {{count}} 张图像，每个像素的误差为 {{error}}（均方根；像素值在 0 到 1 之间）。如果总是回答这些图像的平均，误差会是 {{grey}}。',
  'says.copies.broken': '第 {{step}} 步时，它已经什么都复现不了：有输出不是数。',
  'says.copies.heading': '上：给它看的图。下：它的回答。',
  'says.copy': '{{label}}：每个像素的误差为 {{error}}',
  'says.table.copies': '第 {{step}} 步：{{count}} 张图像复现得怎样',
  'says.table.error': '每个像素的误差',
  'outcome.copies': '这个网络要复现它的输入，而不是说出类别：它的回答无所谓对错，所以没有准确率。请看代价。',
  'outcome.said.copies': '它不说类别，所以没有准确率；{{when}}，代价为 {{last}}{{cost}}。',
  'outcome.said.copies.from': '，开始时为 {{first}}',
  'runs.accuracy.copies': '没有准确率：它复现输入',
  'compare.copies': '这些训练都没有准确率：它们复现输入。',
  'compare.without-accuracy_other': '有 {{count}} 次训练复现输入，没有准确率。',
  'sweep.dot.copies': '第 1 层慢 {{ratio}} 倍；它复现输入，没有准确率',
  'plot.theory.none.autoencoder': '没有理论线：这条线只为说出类别的网络推导。',
} as const;
