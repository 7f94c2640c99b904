import type { Phase } from '../errors/phase.ts';
import type { ResponseWarning } from '../http/outcome.ts';
import type { ChatChunk } from '../wire/chat-chunk.ts';
import type { CompletionAssembler } from './completion-assembler.ts';

/** Where a stream gets its chunks from: one answer, or several that follow each other. */
export interface ChunkSource {
  /** What the chunks that were taken add up to. */
  readonly assembler: CompletionAssembler;
  /** How far the answer is. */
  readonly phase: Phase;
  /** Whether nothing more will come. */
  readonly ended: boolean;
  readonly generationId: string | undefined;
  /** What is odd about the answer; complete when it has ended. */
  readonly warnings: ResponseWarning[];
  /** Takes the next chunk out of what has arrived; `undefined` when there is none, or none yet. */
  take(): ChatChunk | undefined;
  /** Waits until there is more, or the end. */
  fill(): Promise<void>;
  /** Told when somebody begins to read the chunks one by one. */
  watched?(): void;
}
