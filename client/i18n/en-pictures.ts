/** English sentences about pictures of shapes and networks that repeat their pictures; the Chinese ones are in zh-CN-pictures.ts. */

export const enPictures = {
  'form.data': 'Data',
  'form.targets': 'What is to be answered',
  'form.bits': 'Bits',
  'hint.bits': 'a whole number from 2 to 16',
  'hint.train.shapes': 'a whole number from 1 to 20,000',
  'hint.output.copies': 'Softmax cannot answer with a picture: choose sigmoid or linear outputs.',
  'shapes.one.triangle': 'triangle',
  'shapes.one.parallelogram': 'parallelogram',
  'shapes.one.ellipse': 'ellipse',
  'shapes.same.triangle': 'two triangles',
  'shapes.same.parallelogram': 'two parallelograms',
  'shapes.same.ellipse': 'two ellipses',
  'shapes.two': '{{one}} and {{other}}',
  'says.digit.shapes': '{{label}}; the answer is {{answer}}: {{verdict}}',
  'says.digit.none.shapes': '{{label}}; there is no answer, since an output is not a number',
  'says.one.shapes':
    'At step {{step}} it answers “{{digit}}” to {{answered}} of {{images}} images; for {{labels}} of them that is right.',
  'says.right.of.shapes':
    'At step {{step}} it answers {{right}} of {{images}} images rightly. Its most frequent answer is “{{digit}}”, {{answered}} times; there are {{labels}}.',
  'says.table.shapes': 'Step {{step}}: answers to {{count}} pictures',
  'says.copies':
    'At step {{step}} it repeats {{count}} pictures with an error of {{error}} a pixel (root of the mean square; a pixel lies between 0 and 1). If it always answered the mean of these pictures, that would be {{grey}}.',
  'says.copies.broken': 'At step {{step}} it repeats nothing any more: an output is not a number.',
  'says.copies.heading': 'Above: what it is shown. Below: what it answers.',
  'says.copy': '{{label}}: error {{error}} a pixel',
  'says.table.copies': 'Step {{step}}: how well {{count}} pictures are repeated',
  'says.table.error': 'error a pixel',
  'outcome.copies':
    'This network is to repeat its inputs, not to name them: nothing that it answers is right or wrong, so it has no accuracy. See its cost.',
  'outcome.said.copies': 'It names nothing and so has no accuracy; {{when}}, its cost is {{last}}{{cost}}.',
  'outcome.said.copies.from': ', from {{first}} at the start',
  'runs.accuracy.copies': 'no accuracy: it repeats its inputs',
  'compare.copies': 'None of these runs has an accuracy: they repeat their inputs.',
  'compare.without-accuracy_one': '{{count}} run repeats its inputs and has no accuracy.',
  'compare.without-accuracy_other': '{{count}} runs repeat their inputs and have no accuracy.',
  'sweep.dot.copies': 'layer 1 learns {{ratio}} times slower; it repeats its inputs and has no accuracy',
  'plot.theory.none.autoencoder': 'No theory line: it is worked out for networks that name classes.',
} as const;
