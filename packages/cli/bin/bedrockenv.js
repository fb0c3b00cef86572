#!/usr/bin/env node
// Plain ES5 as CommonJS: it must parse on a Node that is too old for the rest, and CommonJS starts fastest.
var major = Number(process.versions.node.split('.')[0]);
if (major >= 22) {
  require('../dist/main.js').main();
} else {
  console.error(`bedrockenv: needs Node 22 or newer, this is ${process.version} (${process.execPath})`);
  process.exit(1);
}
