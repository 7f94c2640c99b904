/** Installing or building failed: the message is for the user, the output is the tool's own. */
export class SetupError extends Error {
  constructor(message, output) {
    super(message);
    this.name = 'SetupError';
    this.output = output;
  }
}

/**
 * Runs an action and turns its SetupError into text on standard error.
 * @param {() => void} action - what may throw a SetupError
 * @returns {boolean} whether it went well
 */
export function isSetUp(action) {
  try {
    action();
    return true;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`${error.output.trim()}\n\n${error.message}`);
    return false;
  }
}
