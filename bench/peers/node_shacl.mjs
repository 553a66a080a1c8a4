// node node_shacl.mjs shacl-engine|rdf-validate-shacl FOLDER, in the folder that DOSSIER_NODE_PEERS names.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [engine, folder] = process.argv.slice(2)
const require = createRequire(path.join(process.cwd(), 'package.json'))
const load = async name => import(pathToFileURL(require.resolve(name)))
const { default: N3 } = await load('n3')
const { default: rdf } = await load('rdf-ext')

// As a stream: a string of Node.js holds half a gigabyte at most.
async function read (file) {
  const dataset = rdf.dataset()
  const parser = fs.createReadStream(file).pipe(new N3.StreamParser({ factory: rdf }))
  for await (const quad of parser) dataset.add(quad)
  return dataset
}

const space = 'http://example.org/faults/'
function kind (focus) {
  if (focus.termType !== 'NamedNode' || !focus.value.startsWith(space)) return 'targetObjects'
  return focus.value.slice(space.length).split('/')[0]
}

const start = performance.now()
const data = await read(path.join(folder, 'data.nt'))
const shapes = await read(path.join(folder, 'shapes.ttl'))
const loaded = performance.now()
let results
if (engine === 'shacl-engine') {
  const { Validator } = await load('shacl-engine')
  const report = await new Validator(shapes, { factory: rdf }).validate({ dataset: data })
  results = report.results.map(r => [r.focusNode.term, r.constraintComponent])
} else {
  const { default: Validator } = await load('rdf-validate-shacl')
  const report = await new Validator(shapes, {}).validate(data)
  results = report.results.map(r => [r.focusNode, r.sourceConstraintComponent])
}
const done = performance.now()
const counts = {}
for (const [focus, component] of results) {
  const key = `${kind(focus)} ${component.value.split('#')[1]}`
  counts[key] = (counts[key] || 0) + 1
}
console.log(JSON.stringify({ load: (loaded - start) / 1000, validate: (done - loaded) / 1000, counts }))
