import { type RequestMedia, requestContent } from '../cost/request-content.ts';
import { type CheckedRequest, finding, type RequestFinding } from './request-finding.ts';

const inYouTube = /^https?:\/\/(?:www\.|m\.)?(?:youtube\.com|youtu\.be)\//i;

/**
 * Finds what a model can neither read nor make.
 *
 * @see https://openrouter.ai/docs/guides/overview/multimodal/image-understanding
 * @param checked - the request and what it is held against
 * @returns what was found
 */
export function checkModalities(checked: CheckedRequest): readonly RequestFinding[] {
  const { media } = requestContent(checked.request);
  return [
    ...checkInput(checked, media),
    ...checkOutput(checked),
    ...media.flatMap((each) => checkMedia(checked, each)),
  ];
}

function checkInput({ model }: CheckedRequest, media: readonly RequestMedia[]): readonly RequestFinding[] {
  const { input_modalities: readable } = model.architecture;
  return [...new Set(media.map(({ type }) => type))]
    .filter((type) => !readable.includes(type))
    .map((type) =>
      type === 'file'
        ? finding(
            'warning',
            'file-is-parsed',
            'messages',
            `${model.id} does not read files: OpenRouter makes text of them first, for $2 a thousand pages unless the plugin file-parser says cloudflare-ai.`,
          )
        : finding(
            'refused',
            'input-unsupported',
            'messages',
            `${model.id} takes no input of the kind ${type}, only ${readable.join(', ')}.`,
          ),
    );
}

function checkOutput({ request, model }: CheckedRequest): readonly RequestFinding[] {
  const { output_modalities: makeable } = model.architecture;
  const wanted = request.modalities ?? [];
  const missing = wanted.filter((kind) => !makeable.includes(kind));
  const findings = missing.map((kind) =>
    finding(
      'refused',
      'output-unsupported',
      'modalities',
      `${model.id} makes no output of the kind ${kind}, only ${makeable.join(', ')}.`,
    ),
  );
  if (wanted.includes('audio') && request['stream'] !== true)
    findings.push(
      finding('warning', 'audio-needs-stream', 'modalities', 'Spoken answers come as a stream only: use chat.stream.'),
    );
  if (!makeable.some((kind) => kind === 'text' || kind === 'image' || kind === 'audio'))
    findings.push(
      finding('refused', 'not-a-chat-model', 'model', `${model.id} makes ${makeable.join(', ')}, and does not chat.`),
    );
  return findings;
}

function checkMedia({ model }: CheckedRequest, { type, source }: RequestMedia): readonly RequestFinding[] {
  if (type === 'audio' && /^(?:data:|https?:)/i.test(source))
    return [
      finding(
        'refused',
        'audio-not-base64',
        'messages',
        'input_audio.data must be bare base64, neither a URL nor with data: before it.',
      ),
    ];
  const isGoogle = /^~?google\//.test(model.id);
  if (type === 'video' && isGoogle && /^https?:/i.test(source) && !inYouTube.test(source))
    return [
      finding(
        'warning',
        'video-elsewhere',
        'messages',
        "Google's models watch films from YouTube, or sent along as data: URLs; other addresses fail.",
      ),
    ];
  return [];
}
