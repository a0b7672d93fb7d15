#!/usr/bin/env node
// oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access -- plain JavaScript, so that a Node too old for the rest can say so
const [major] = process.versions.node.split('.');
if (Number(major) < 24) {
  process.stderr.write(`vidimus-verify needs Node 24 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}
const { verifyCommand } = await import('./verify-command.ts');
process.exitCode = verifyCommand(process.argv.slice(2), process);
