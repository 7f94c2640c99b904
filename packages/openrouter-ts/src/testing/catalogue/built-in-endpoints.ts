import type { Percentiles } from '../../wire/endpoint.ts';
import type { SimulatedEndpoint } from './simulated-endpoint.ts';
import { sampling, thinking } from './parameter-groups.ts';

/** Times in milliseconds: the tail of slow requests is long. */
function latency(p50: number): Percentiles {
  return { p50, p75: p50 * 1.5, p90: p50 * 2, p99: p50 * 5 };
}

/** Tokens a second that so many percent of the requests had at least. */
function throughput(p50: number): Percentiles {
  return { p50, p75: p50 * 0.8, p90: p50 * 0.6, p99: p50 * 0.3 };
}

/** Who serves which of the built-in models, where it is more than one. All of it is made up, so that preferences have something to choose from. */
export const builtInEndpoints: Readonly<Record<string, readonly SimulatedEndpoint[]>> = {
  'openai/gpt-4o-mini': [
    { provider: 'OpenAI', latency: latency(450), throughput: throughput(70) },
    { provider: 'Azure', zdr: true, latency: latency(900), throughput: throughput(95) },
    {
      provider: 'OpenAI',
      tag: 'openai/priority',
      pricing: { prompt: '0.00000025', completion: '0.000001' },
      latency: latency(250),
      throughput: throughput(120),
    },
  ],
  'anthropic/claude-haiku-4.5': [
    { provider: 'Anthropic', latency: latency(600), throughput: throughput(110) },
    {
      provider: 'Google',
      tag: 'google-vertex/us-east5',
      zdr: true,
      latency: latency(800),
      throughput: throughput(100),
    },
    { provider: 'Google', tag: 'google-vertex/europe-west1', zdr: true, uptime: 97.5, latency: latency(1_200) },
    { provider: 'Amazon Bedrock', zdr: true, maxCompletionTokens: 32_000, throughput: throughput(85) },
  ],
  'google/gemini-2.5-flash': [
    { provider: 'Google', tag: 'google-vertex', zdr: true, latency: latency(500), throughput: throughput(160) },
    { provider: 'Google AI Studio', latency: latency(420), throughput: throughput(190) },
  ],
  'deepseek/deepseek-r1': [
    { provider: 'Novita', quantization: 'fp8', latency: latency(1_800), throughput: throughput(28) },
    {
      provider: 'Azure',
      quantization: 'unknown',
      zdr: true,
      pricing: { prompt: '0.00000148', completion: '0.00000594' },
      contextLength: 163_840,
      supportedParameters: [...thinking, ...sampling],
      latency: latency(2_400),
    },
  ],
  'meta-llama/llama-3.3-70b-instruct': [
    {
      provider: 'DeepInfra',
      tag: 'deepinfra/turbo',
      quantization: 'fp8',
      latency: latency(350),
      throughput: throughput(45),
    },
    {
      provider: 'DeepInfra',
      quantization: 'bf16',
      pricing: { prompt: '0.00000023', completion: '0.0000004' },
      latency: latency(520),
      throughput: throughput(30),
    },
    {
      provider: 'Groq',
      pricing: { prompt: '0.00000059', completion: '0.00000079', request: '0' },
      maxCompletionTokens: 32_768,
      zdr: true,
      latency: latency(180),
      throughput: throughput(310),
    },
    {
      provider: 'Novita',
      quantization: 'bf16',
      pricing: { prompt: '0.00000013', completion: '0.00000039' },
      supportedParameters: sampling,
      contextLength: 65_536,
      uptime: 91,
    },
  ],
};
