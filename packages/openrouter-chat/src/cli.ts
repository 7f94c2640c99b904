#!/usr/bin/env node
import { run } from './run.ts';
import { processSurroundings } from './terminal/process-surroundings.ts';

// Not process.exit(): what was written has to get through a slow pipe first.
process.exitCode = await run(processSurroundings);
