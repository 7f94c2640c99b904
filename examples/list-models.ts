import { OpenRouter } from 'openrouter-ts';

const client = new OpenRouter();

// #region list
const { data } = await client.models.list({ supported_parameters: ['tools'] }); // the API's own parameters
console.log(data.length, 'models call tools');

let draw = 0;
for await (const model of client.models.list({ output_modalities: ['image'], limit: 100 })) {
  // Each page is fetched when the loop comes to it.
  if (model.architecture.output_modalities.includes('image')) draw += 1;
}
console.log(draw, 'models draw');
// #endregion
