#!/usr/bin/env node
// The command is TypeScript, which Node runs directly from version 24 on.
const [major] = process.versions.node.split('.');
if (Number(major) < 24) {
  process.stderr.write(`vidimus-verify needs Node 24 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}
const { verifyCommand } = await import('./verify-command.ts');
process.exitCode = verifyCommand(process.argv.slice(2), process);
