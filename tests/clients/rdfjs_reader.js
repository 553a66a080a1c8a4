// Reads RDF files with the parsers of the RDF/JS world and writes for each a line of JSON: its statements as N-Quads of
// RDF 1.2, or the error. usage: node rdfjs_reader.js < names of files, one a line; NODE_PATH names the folder that has
// n3, rdfxml-streaming-parser and jsonld-streaming-parser.
'use strict';

const fs = require('fs');
const path = require('path');
const readline = require('readline');
const { Readable } = require('stream');
const n3 = require('n3');
const { RdfXmlParser } = require('rdfxml-streaming-parser');
const { JsonLdParser } = require('jsonld-streaming-parser');

const N3_FORMATS = { '.nt': 'N-Triples', '.nq': 'N-Quads', '.ttl': 'Turtle', '.trig': 'TriG' };

function parserFor(file) {
  const ending = path.extname(file);
  if (ending === '.rdf') return new RdfXmlParser({});
  if (ending === '.jsonld') return new JsonLdParser({});
  return new n3.StreamParser({ format: N3_FORMATS[ending], blankNodePrefix: 'n3' });
}

function quoted(text) {
  return '"' + text.replace(/[\\"\u0000-\u001f\u007f]/g,
    c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0')) + '"';
}

// Labels are written in hex, since parsers make some that N-Quads does not know.
function text(term) {
  switch (term.termType) {
    case 'NamedNode':
      return '<' + term.value.replace(/[\u0000-\u0020<>"{}|^`\\]/g,
        c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0')) + '>';
    case 'BlankNode':
      return '_:b' + Buffer.from(term.value).toString('hex');
    case 'Literal':
      if (term.language) return quoted(term.value) + '@' + term.language + (term.direction ? '--' + term.direction : '');
      return quoted(term.value) + '^^<' + term.datatype.value + '>';
    case 'Quad':
      return '<<( ' + [term.subject, term.predicate, term.object].map(text).join(' ') + ' )>>';
    default:
      throw new Error('a term of the kind ' + term.termType);
  }
}

function line(quad) {
  const terms = [quad.subject, quad.predicate, quad.object];
  if (quad.graph.termType !== 'DefaultGraph') terms.push(quad.graph);
  return terms.map(text).join(' ') + ' .\n';
}

function read(file) {
  return new Promise(resolve => {
    let lines = '';
    const fail = error => resolve({ error: String(error.message || error) });
    try {
      const parser = parserFor(file);
      parser.on('data', quad => {
        try { lines += line(quad); } catch (error) { fail(error); }
      });
      parser.on('error', fail);
      parser.on('end', () => resolve({ quads: lines }));
      Readable.from([fs.readFileSync(file)]).pipe(parser);
    } catch (error) {
      fail(error);
    }
  });
}

async function main() {
  for await (const file of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await read(file)) + '\n');
  }
}

main();
