// Imported first by every command: an old Node gets a sentence here, not a stack trace from a newer module.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `This project needs Node.js 20.19 or newer, and this is ${process.version}: install a newer one and try again.`,
  );
  process.exit(1);
}
