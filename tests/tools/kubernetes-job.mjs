// kubernetes-job.mjs FOLDER FILE: holds a manifest against the published schema of batch/v1 Job, as the package kubernetes-models in
// FOLDER has it. A field that no schema looks at is none that Kubernetes knows. Says what is wrong, a line each, and ends with 1; with 0
// when nothing is.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [folder, file] = process.argv.slice(2);
const { Job } = createRequire(join(resolve(folder), 'index.js'))('kubernetes-models/batch/v1');
const manifest = JSON.parse(readFileSync(file, 'utf8'));
const seen = new Set();

function watched(value, place) {
  return value === null || typeof value !== 'object' ? value : new Proxy(value, {
    get(target, name) {
      const below = `${place}/${String(name)}`;
      seen.add(below);
      return typeof name === 'string' && Object.hasOwn(target, name) ? watched(target[name], below) : target[name];
    },
  });
}

function unseen(value, place) {
  if (value === null || typeof value !== 'object') return [];
  return Object.keys(value).flatMap(name => {
    const below = `${place}/${name}`;
    return seen.has(below) ? unseen(value[name], below) : [`${below}: there is no such field`];
  });
}

const wrong = [];
try {
  // the class copies what it is given; its check is run on the manifest itself
  Job.prototype.validate.call(watched(Object.assign(Object.create(Job.prototype), manifest), ''));
} catch (fault) {
  wrong.push(fault.message);
}

wrong.push(...unseen(manifest, ''));
wrong.forEach(line => console.log(line));
process.exitCode = wrong.length > 0 ? 1 : 0;
