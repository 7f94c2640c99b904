/** What goes into a model and what comes out. */
export interface Architecture {
  /** Such as `text+image->text`. */
  readonly modality?: string | null | undefined;
  /** What it can be given. */
  readonly input_modalities: readonly InputModality[];
  /** What it can give. */
  readonly output_modalities: readonly OutputModality[];
  /** The family of its tokenizer, such as `GPT` or `Claude`. */
  readonly tokenizer?: string | null | undefined;
  /** The prompt format, for models that have one. */
  readonly instruct_type?: string | null | undefined;
  readonly [key: string]: unknown;
}

/** What a model can be given. */
export type InputModality = 'text' | 'image' | 'file' | 'audio' | 'video' | (string & {});

/** What a model can give. */
export type OutputModality =
  | 'text'
  | 'image'
  | 'embeddings'
  | 'audio'
  | 'video'
  | 'rerank'
  | 'speech'
  | 'transcription'
  | 'decisions'
  | (string & {});
