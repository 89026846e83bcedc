/** The description of a look for programs, field by field; openapi.ts says which route answers with it. */

const whole = { type: 'integer', minimum: 0 };
const value = { oneOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }] };
const list = (items: object, description: string) => ({ type: 'array', items, description });
const object = (properties: Record<string, object>) => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});

const counted = {
  from: { type: 'integer', description: 'Number of the first bin that has a value; 0 where none has.' },
  counts: list(whole, 'Values in bin from, from + 1, …'),
  zeros: { ...whole, description: 'Values that are exactly 0; no bin counts them.' },
  nan: whole,
  infinite: whole,
};
const linear = (description: string) => ({
  description,
  ...object({
    width: { type: 'number', description: 'A power of two: bin k is from k width to below (k + 1) width.' },
    ...counted,
  }),
});
const logarithmic = (description: string) => ({
  description,
  ...object({
    perDecade: { ...whole, description: 'Bin k is from 10^(k / perDecade) to below 10^((k + 1) / perDecade).' },
    ...counted,
  }),
});

const layer = object({
  layer: { ...whole, description: '1 = first hidden layer; the output layer is the last.' },
  units: whole,
  activations: linear('Outputs of every image and unit.'),
  preactivations: linear('Inputs of the activation, of every image and unit.'),
  weights: linear('Every weight.'),
  deltas: logarithmic('Absolute gradient at the input of the activation, of every image and unit.'),
  weightGradients: logarithmic('Absolute gradient of every weight.'),
  neurons: object({
    gradient: list(value, 'Of each unit: mean gradient at the input of the activation, which is that of the bias.'),
    activation: list(value, 'Of each unit: mean output.'),
    saturation: list({ type: 'number' }, 'Of each unit: share of images on which it is saturated; output layer: 0.'),
  }),
});

const seen = object({
  unit: { ...whole, description: 'Unit of the first hidden layer, counted from 1.' },
  now: list(value, 'Its weights as a picture, 28 rows of 28 (shapeset: 32 of 32), to 4 significant digits.'),
  initial: list(value, 'The same before step 0.'),
});

const said = object({
  image: {
    ...whole,
    description: 'Number among the 60,000 images, or among the pictures drawn to be shown; counted from 0.',
  },
  pixels: list({ type: 'integer', minimum: 0, maximum: 255 }, '28 rows of 28; shapeset: 32 of 32.'),
  label: whole,
  outputs: list(value, 'One a class; of an autoencoder one a pixel, to 4 significant digits.'),
  answer: {
    type: ['integer', 'null'],
    description: 'The class with the largest output; null where one is NaN, and of an autoencoder.',
  },
});

export const lookSchema = {
  type: 'object',
  required: ['run', 'engine', 'step', 'images', 'digest'],
  properties: {
    run: { type: 'string' },
    engine: { type: 'string', description: 'What trained the run.' },
    step: whole,
    images: { ...whole, description: 'Training images that were looked at: the first ones of the probe.' },
    digest: { type: 'string', description: 'Of the parameters, as in a measurement.' },
    layers: list(layer, 'From the first hidden layer to the output layer.'),
    sees: { oneOf: [list(seen, 'The first 12 units at most.'), { type: 'null' }] },
    says: object({
      digits: {
        oneOf: [
          list(
            said,
            'Two pictures of each class, the same for all runs (shapeset: of one seed); null where the data are no pictures.',
          ),
          { type: 'null' },
        ],
      },
      of: { type: 'string', enum: ['test', 'probe'], description: 'Which images were counted.' },
      images: whole,
      labels: list(whole, 'Of each class: images that are of it.'),
      answered: list(whole, 'Of each class: images for which it is the answer.'),
      right: list(whole, 'Of each class: images that are of it and for which it is the answer.'),
      unanswered: { ...whole, description: 'Images with a NaN among the outputs.' },
    }),
  },
};
