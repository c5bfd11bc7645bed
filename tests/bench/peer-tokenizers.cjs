// SPDX-License-Identifier: GPL-3.0-or-later
// peer-tokenizers.cjs FOLDER-OF-node_modules FILE TOKENIZER.JSON...: processor time of the Rust library through npm's
// `tokenizers` for each tokenizer, as one line of JSON.  The better of the whole text at once and line by line.
const fs = require('fs')
const { createRequire } = require('module')
const { Tokenizer } = createRequire(process.argv[2] + '/')('tokenizers')

function cpuMs (since) {
  const used = process.cpuUsage(since)
  return (used.user + used.system) / 1000
}

async function main () {
  const text = fs.readFileSync(process.argv[3], 'utf8')
  const lines = text.split('\n').map(line => line + '\n')
  const result = {}
  for (const path of process.argv.slice(4)) {
    let start = process.cpuUsage()
    const tokenizer = Tokenizer.fromFile(path)
    const load = cpuMs(start)
    const encode = { whole: () => tokenizer.encode(text, null, { addSpecialTokens: false }), lines: () => tokenizer.encodeBatch(lines, { addSpecialTokens: false }) }
    const times = {}
    for (const way of ['whole', 'lines']) {
      for (let i = 0; i < 2; i++) {
        start = process.cpuUsage()
        await encode[way]()
        times[way] = Math.min(times[way] || Infinity, cpuMs(start))
      }
    }
    result[path] = { load_ms: load, whole_ms: times.whole, lines_ms: times.lines }
  }
  console.log(JSON.stringify(result))
}

main()
