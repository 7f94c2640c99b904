import type { ImageModel, ImageModelEndpoints } from '../../wire/image-model.ts';
import type { VideoModel } from '../../wire/video-model.ts';
import { servedBy, tagOf } from '../catalogue/endpoint-listing.ts';
import { architectureOf, createdOf, describe } from '../catalogue/model-listing.ts';
import { canonicalSlug } from '../catalogue/simulated-model.ts';
import type { SimulatedModel } from '../catalogue/simulated-model.ts';
import type { Exchange, SimulatedResponse } from '../exchange.ts';
import { failure } from '../responses/failure.ts';
import { json } from '../responses/script.ts';

/** What each of the simulator's models that draw takes. */
const parameters: ImageModel['supported_parameters'] = {
  aspect_ratio: { type: 'enum', values: ['1:1', '16:9', '9:16'] },
  n: { type: 'range', min: 1, max: 4 },
  seed: { type: 'boolean' },
};

/**
 * `GET /images/models`: the models that draw.
 *
 * @param exchange - the request
 * @returns the response
 */
export function imageModelsEndpoint(exchange: Exchange): SimulatedResponse {
  return json({ data: modelsThatGive(exchange, 'image').map(imageModelOf) });
}

/**
 * `GET /images/models/{author}/{slug}/endpoints`: who serves a model that draws.
 *
 * @param exchange - the request
 * @param id - the model's id
 * @returns the response
 */
export function imageModelEndpointsEndpoint(exchange: Exchange, id: string): SimulatedResponse {
  const model = modelsThatGive(exchange, 'image').find((listed) => listed.id === id);
  return model === undefined
    ? failure(404, { message: 'Image model not found', userId: null })
    : json(imageEndpointsOf(model));
}

/**
 * `GET /videos/models`: the models that film.
 *
 * @param exchange - the request
 * @returns the response
 */
export function videoModelsEndpoint(exchange: Exchange): SimulatedResponse {
  return json({ data: modelsThatGive(exchange, 'video').map(videoModelOf) });
}

function modelsThatGive({ settings }: Exchange, output: string): readonly SimulatedModel[] {
  return settings.models.filter(
    (model) => model.outputModalities?.includes(output) === true && model.routesTo === undefined,
  );
}

function imageModelOf(model: SimulatedModel): ImageModel {
  const { input_modalities, output_modalities } = architectureOf(model);
  return {
    id: model.id,
    name: model.name ?? model.id,
    description: describe(model),
    created: createdOf(model),
    architecture: { input_modalities, output_modalities },
    supported_parameters: parameters,
    supports_streaming: false,
    endpoints: `/api/v1/images/models/${model.id}/endpoints`,
  };
}

function imageEndpointsOf(model: SimulatedModel): ImageModelEndpoints {
  return {
    id: model.id,
    endpoints: servedBy(model).map((endpoint) => ({
      provider_name: endpoint.provider,
      provider_slug: tagOf(endpoint).replace(/\/.*/, ''),
      provider_tag: tagOf(endpoint),
      supported_parameters: parameters,
      allowed_passthrough_parameters: [],
      supports_streaming: false,
      pricing: [
        {
          billable: 'output_image',
          unit: 'token',
          cost_usd: Number(model.pricing.image_output ?? model.pricing.completion),
        },
      ],
    })),
  };
}

function videoModelOf(model: SimulatedModel): VideoModel {
  return {
    id: model.id,
    canonical_slug: canonicalSlug(model),
    name: model.name ?? model.id,
    description: describe(model),
    created: createdOf(model),
    hugging_face_id: null,
    pricing_skus: { generate: model.pricing.completion },
    allowed_passthrough_parameters: [],
    supported_aspect_ratios: ['16:9', '9:16'],
    supported_durations: [5, 8],
    supported_frame_images: ['first_frame', 'last_frame'],
    supported_resolutions: ['720p', '1080p'],
    supported_sizes: null,
    generate_audio: false,
    seed: true,
    creativity: null,
    upscale_factor: null,
  };
}
