/** English sentences of the figures that are worked with, and of theory; the Chinese ones are in zh-CN-figures.ts under the same keys. */

export const enFigures = {
  'sweep.theory': 'Dashed: what theory predicts, with no constant to fit.',
  'controls.theory': 'Theory',
  'plot.theory.label': 'theory: valid at the start only',
  'plot.theory.waiting': 'Working out what theory predicts…',
  'plot.theory.failed': 'The images that theory rests on cannot be loaded.',
  'plot.theory.none.normalization': 'No theory line: batch normalization ties the images together.',
  'plot.theory.none.residual': 'No theory line: the signal also goes around the layers.',
  'plot.theory.none.constant': 'No theory line: all weights are equal, none is drawn.',
  'plot.theory.none.lsuv': 'No theory line: the weights were fitted to the images.',
  'plot.theory.none.narrow': 'No theory line: it needs at least 10 neurons in every layer.',

  'figure.loading': 'The figure is on its way…',
  'figure.surface.title': 'Plateaus: two costs over the same two weights',
  'figure.surface.quadratic': 'Quadratic cost',
  'figure.surface.cross-entropy': 'Cross-entropy',
  'figure.surface.sentence':
    'With the quadratic cost {{quadratic}} of this map is nearly level, with cross-entropy {{entropy}}: less than {{level}} as steep as the steepest place.',
  'figure.surface.legend':
    'Violet: low cost. Green: high cost, each picture on its own scale. Dots: nearly level. The network is σ(w₂ tanh(w₁ x)), with 100 random inputs and targets.',
  'figure.surface.level': 'Nearly level is below',
  'figure.surface.again': 'Draw other examples',
  'figure.surface.picture': '{{name}} over w₁ and w₂ from −4 to 4; {{share}} of it nearly level',
  'figure.surface.range': 'cost from {{low}} to {{high}}',
  'figure.map.title': 'Order and chaos, by theory alone',
  'figure.map.plot':
    'Depth against the variance of the weights; the colour says how much smaller or larger a gradient is in layer 1 than in the last layer',
  'figure.map.across': 'variance of the weights, times inputs: σw²',
  'figure.map.weights': 'σw²',
  'figure.map.depth': 'Layers',
  'figure.map.biases': 'Variance of the biases, σb²',
  'figure.map.order':
    'With σw² = {{weights}} and {{depth}} layers a gradient comes to layer 1 {{ratio}} times smaller: this is order. The edge is at {{edge}}.',
  'figure.map.chaos':
    'With σw² = {{weights}} and {{depth}} layers a gradient comes to layer 1 {{ratio}} times larger: this is chaos. The edge is at {{edge}}.',
  'figure.map.even':
    'With σw² = {{weights}} a gradient keeps its size through {{depth}} layers: the edge is at {{edge}}.',
  'figure.map.lives': 'Networks of up to about {{lives}} layers can train there.',
  'figure.map.legend':
    'Orange: the gradient of layer 1 is smaller than the last layer’s. Blue: larger. Upright line: the edge of chaos. Dashed: six times the depth in which the difference of two images falls to 1/e; deeper networks do not train. Valid at the start only.',
  'figure.matrix.title': 'The gradient’s way back, matrix by matrix',
  'figure.matrix.width': 'Neurons a layer',
  'figure.matrix.plot':
    'For each step back the singular values of its matrix and of the product of all matrices so far, in powers of ten',
  'figure.matrix.across': 'from layer → to layer',
  'figure.matrix.legend':
    'Hollow: the singular values of one factor, Σ′(z) wᵀ: by how much it stretches in each direction. Filled: those of the product of all factors so far; the line is their root mean square.',
  'figure.matrix.split':
    'The first factor has gain {{gain}} times slope {{slope}}: it leaves {{both}} of a gradient on average, at most {{largest}}.',
  'figure.matrix.shrinks': 'After {{count}} factors a gradient is {{ratio}} times smaller.',
  'figure.matrix.grows': 'After {{count}} factors a gradient is {{ratio}} times larger.',
  'figure.matrix.even': 'After {{count}} factors a gradient has about its old size.',
  'figure.matrix.nothing': 'After {{count}} factors nothing is left.',
  'figure.activation': 'Activation',
  'figure.chain.title': 'One neuron a layer',
  'figure.chain.draw': 'Draw at random',
  'figure.chain.equal': 'All w = {{weight}}, z = 0',
  'figure.chain.nudge': 'Move a₀ by {{by}}',
  'figure.chain.neurons': 'Choose a neuron to change',
  'figure.chain.neuron': 'Neuron',
  'figure.chain.factor': ', factor {{factor}}',
  'figure.chain.product': 'The factors of the gradient of the first bias, eq. 122',
  'figure.chain.weight': 'Weight w{{neuron}}',
  'figure.chain.bias': 'Bias b{{neuron}}',
  'figure.chain.input': 'Input a{{zero}}',
  'figure.chain.depth': 'Neurons',
  'figure.chain.steepness': 'Steepness k of φ(kz)',
  'figure.chain.plot':
    'For each neuron a bar for the factor w φ′(z), upwards where it enlarges the gradient, and a dot for the gradient of its bias, in powers of ten',
  'figure.chain.legend':
    'Bars: the factor w φ′(z) of each neuron (of the first one φ′(z) alone), up where it enlarges the gradient, down where it shrinks it. Dots: the gradient that reaches its bias, ∂C/∂b over ∂C/∂a of the last neuron.',
  'figure.chain.slower.all':
    'Neuron 1 learns {{ratio}} times slower than neuron {{last}}: each of the {{count}} factors on the way shrinks the gradient.',
  'figure.chain.slower':
    'Neuron 1 learns {{ratio}} times slower than neuron {{last}}: of the {{count}} factors on the way, {{grow}} enlarge the gradient, the others shrink it.',
  'figure.chain.faster':
    'Neuron 1 learns {{ratio}} times faster than neuron {{last}}: of the {{count}} factors on the way, {{grow}} enlarge the gradient. Now move the input a little.',
  'figure.chain.even':
    'Neurons 1 and {{last}} learn about equally fast: what the {{count}} factors shrink and what they enlarge balances.',
  'figure.chain.nothing': 'Nothing reaches neuron 1: a factor on the way is exactly 0.',
  'figure.slope.title': 'The slope of the activation',
  'figure.slope.plot': 'The slope φ′(z) for z from −4 to 4, and the point of the chosen z on it',
  'figure.slope.sigmoid':
    'At z = {{z}} the sigmoid passes on {{slope}} of a gradient; at best, at z = 0, it is a quarter.',
  'figure.slope.other':
    'At z = {{z}} the slope is {{slope}}; the steepest that there is, {{most}}, is {{rest}} times as much.',
  'figure.slope.off': 'At z = {{z}} the slope is exactly 0: no gradient passes this neuron.',
  'figure.luck.title': 'How rare is a factor of 1 or more?',
  'figure.luck.scale': 'Weights: standard deviation',
  'figure.luck.again': 'Draw others',
  'figure.luck.plane':
    'The plane of a and |w|: a lens from |w| = 4 upwards in which the factor is 1 or more, and random neurons as dots',
  'figure.luck.across': 'input a, from where wa + b = 0',
  'figure.luck.width':
    'With |w| = {{weight}} the input has to fall into an interval of width {{width}}. It is never wider than {{most}}, at |w| = {{at}}.',
  'figure.luck.none':
    'With |w| = {{weight}} no input will do: the slope is at most 1/4. The interval is widest, {{most}}, at |w| = {{at}}.',
  'figure.luck.decades': 'How many of the random neurons have a factor of each size, in powers of ten',
  'figure.luck.numbers': 'Below 1/4: {{below}}. Mean {{mean}}, median {{median}}, geometric mean {{geometric}}.',
  'figure.luck.sentence':
    'Of {{count}} random neurons {{lucky}} have a factor of 1 or more ({{share}}); a typical one divides the gradient by {{shrink}}.',
  'figure.luck.sentence.none':
    'Of {{count}} random neurons none has a factor of 1 or more; a typical one divides the gradient by {{shrink}}.',
  'figure.circuit.title': 'Parity: is the number of ones odd?',
  'figure.circuit.bits': 'Bits',
  'figure.circuit.depth': 'Levels of gates',
  'figure.circuit.kind': 'Built of',
  'figure.circuit.kind.blocks': 'AND, OR',
  'figure.circuit.kind.tree': 'a tree of XORs',
  'figure.circuit.kind.nand': 'NANDs only',
  'figure.circuit.inputs': 'The inputs: press to change',
  'figure.circuit.input': 'Input {{input}}:',
  'figure.circuit.answer': 'circuit says {{answer}}, parity is {{parity}}',
  'figure.circuit.drawing': 'The circuit, inputs at the left, output at the right',
  'figure.circuit.legend': 'Filled: 1.',
  'figure.circuit.legend.not': 'A ring on a wire: NOT, which counts neither as a gate nor as a level.',
  'figure.circuit.legend.remove': 'Press a gate to take it away.',
  'figure.circuit.gate': '{{gate}}, now {{value}}',
  'figure.circuit.many': '{{gates}} gates: more than {{most}} are no picture any more.',
  'figure.circuit.restore': 'Put the gate back',
  'figure.circuit.right':
    'Right in all {{rows}} rows, with {{gates}} gates in {{depth}} levels. Two levels of AND and OR need {{shallow}} for {{bits}} bits, a tree of XORs {{tree}}.',
  'figure.circuit.wrong':
    'With this gate gone the circuit is wrong in {{wrong}} of {{rows}} rows; {{gates}} gates are left in {{depth}} levels.',
  'figure.circuit.column.two': 'two levels',
  'figure.circuit.column.three': 'three levels',
  'figure.circuit.column.tree': 'tree of XORs',
  'figure.circuit.caution':
    'The exponential count holds for a fixed number of levels of AND, OR and NOT. Neurons with a threshold are another matter: one hidden layer of n of them computes the parity of n bits.',
  'figure.multiplier.title': 'A multiplier, put together from parts',
  'figure.multiplier.part': 'Part',
  'figure.multiplier.part.half': 'adds two bits',
  'figure.multiplier.part.full': 'adds a carry as well',
  'figure.multiplier.part.adder': 'adds two numbers',
  'figure.multiplier.part.multiplier': 'multiplies',
  'figure.multiplier.bits': 'Bits of a number',
  'figure.multiplier.sentence':
    '{{problem}}. {{gates}} gates in {{depth}} levels; the table of all {{rows}} rows, written out in two levels, takes {{table}}.',
  'figure.multiplier.column.parts': 'multiplier from parts',
  'figure.multiplier.column.table': 'table in two levels',
  'figure.multiplier.note':
    'The parts are gates with two inputs. The table has an AND of all inputs for each row in which something comes out, and an OR for each digit; cleverer circuits of two levels are smaller, but their size grows exponentially, too.',
  'figure.remedies.title': 'What helps: {{depth}} layers of {{width}} neurons before the first step',
  'figure.remedies.column.network': 'Network',
  'figure.remedies.column.factor': 'each layer back times',
  'figure.remedies.column.ratio': 'layer 1 against layer {{depth}}',
  'figure.remedies.batch': 'batch normalization',
  'figure.remedies.slower': '{{ratio}} times slower',
  'figure.remedies.faster': '{{ratio}} times faster',
  'figure.remedies.even': 'about equal',
  'figure.remedies.waiting': 'Measuring: {{done}} of {{count}} networks…',
  'figure.remedies.sentence':
    'With a factor of {{factor}}, layer 1 is {{ratio}} times slower than layer {{depth}}. In {{level}} of {{count}} networks the factor is between 0.9 and 1.1.',
  'figure.remedies.note':
    'Measured in this page: the mean of {{networks}} networks of each kind, on {{images}} digits, with softmax at the end. The bar begins at 1: to the left the gradient shrinks, to the right it grows.',
  'figure.regions.title': 'Folding space: how many linear pieces?',
  'figure.regions.one': 'One layer of {{units}} units',
  'figure.regions.several': '{{layers}} layers, {{units}} units in all',
  'figure.regions.kind': 'Networks',
  'figure.regions.kind.random': 'random',
  'figure.regions.kind.trained': 'trained on a spiral',
  'figure.regions.trained':
    'After {{epoch}} epochs on a spiral: {{deep}} pieces and {{several}} right with the deep network, {{shallow}} pieces and {{one}} right with the shallow one.',
  'figure.regions.kind.tent': 'folded on purpose',
  'figure.regions.layers': 'Layers',
  'figure.regions.units': 'Units a layer',
  'figure.regions.window': 'Window',
  'figure.regions.again': 'Draw others',
  'figure.regions.picture': '{{name}}: the window cut into {{count}} regions',
  'figure.regions.count': '{{count}} regions in this window',
  'figure.regions.more':
    'With the same {{units}} units the deep network cuts this window into {{deep}} pieces, the shallow one into {{shallow}}.',
  'figure.regions.fewer':
    'This random deep network has {{deep}} pieces, the shallow one with the same {{units}} units {{shallow}}: far more is possible than chance finds.',
  'figure.regions.tent': 'Each layer folds the space once more: {{layers}} layers of 2 units make {{deep}} pieces.',
  'figure.regions.bound.zaslavsky': 'most, all {{units}} units in one layer (Zaslavsky 1975)',
  'figure.regions.bound.pascanu': 'reached by some deep network (Pascanu, Montúfar, Bengio 2013)',
  'figure.regions.bound.montufar': 'reached by some deep network (Montúfar et al. 2014)',
  'figure.regions.bound.most': 'never more in these layers (Montúfar 2017)',
  'figure.regions.caution':
    'More regions are more capacity; they are not more accuracy. Counted are activation patterns inside the window.',
  'figure.start.title': 'A hundred networks before the first step, {{width}} neurons a layer',
  'figure.start.depth': 'Hidden layers',
  'figure.start.scheme': 'Initialization',
  'figure.start.plot':
    'The speed of learning of each hidden layer in a hundred untrained networks, in powers of ten, and the line of theory',
  'figure.start.across': 'hidden layer',
  'figure.start.legend': 'Each dot is one layer of one network, on 200 images. Theory says nothing of this network.',
  'figure.start.legend.theory':
    'Each dot is one layer of one network, on 200 images. Dashed: what theory predicts, with no constant to fit.',
  'figure.start.waiting': 'Drawing networks…',
  'figure.start.failed': 'The networks cannot be drawn here: the images or the kernels did not load.',
  'figure.start.single': 'With one hidden layer there is nothing to compare it with: add another.',
  'figure.start.nothing': 'In a typical network nothing reaches layer 1, or nothing leaves the last one.',
  'figure.start.even': 'In the middle one of {{count}} networks layer 1 and layer {{depth}} learn about equally fast.',
  'figure.start.slower.all':
    'In the middle one of {{count}} networks layer 1 learns {{ratio}} times slower than layer {{depth}}, and in every one of them each layer is slower than the next.',
  'figure.start.slower':
    'In the middle one of {{count}} networks layer 1 learns {{ratio}} times slower than layer {{depth}}; in {{ordered}} of them every layer is slower than the next.',
  'figure.start.faster':
    'In the middle one of {{count}} networks layer 1 learns {{ratio}} times faster than layer {{depth}}: the gradient explodes on its way back.',
} as const;
