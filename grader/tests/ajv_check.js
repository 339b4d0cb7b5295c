// node ajv_check.js SCHEMA FILE [SCHEMA FILE]...: what ajv says, one line an error; 1 if there is any.
const fs = require('fs');
const Ajv = require('ajv/dist/2020');
const read = (name) => JSON.parse(fs.readFileSync(name, 'utf8'));

const words = process.argv.slice(2);
const ajv = new Ajv({allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false});
for (let i = 0; i + 1 < words.length; i += 2) {
  const schema = read(words[i]);
  const valid = ajv.getSchema(schema.$id) || ajv.compile(schema);
  if (valid(read(words[i + 1]))) continue;
  process.exitCode = 1;
  for (const error of valid.errors) console.log(`${words[i + 1]}: ${error.instancePath || '/'} ${error.message}`);
}
