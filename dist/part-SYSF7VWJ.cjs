"use strict";
var l=Object.create;var s=Object.defineProperty;var h=Object.getOwnPropertyDescriptor;var m=Object.getOwnPropertyNames;var c=Object.getPrototypeOf,p=Object.prototype.hasOwnProperty;var _=(t,e)=>()=>{try{return e||t((e={exports:{}}).exports,e),e.exports}catch(n){throw e=0,n}},u=(t,e)=>{for(var n in e)s(t,n,{get:e[n],enumerable:!0})},o=(t,e,n,i)=>{if(e&&typeof e=="object"||typeof e=="function")for(let a of m(e))!p.call(t,a)&&a!==n&&s(t,a,{get:()=>e[a],enumerable:!(i=h(e,a))||i.enumerable});return t};var f=(t,e,n)=>(n=t!=null?l(c(t)):{},o(e||!t||!t.__esModule?s(n,"default",{value:t,enumerable:!0}):n,t)),g=t=>o(s({},"__esModule",{value:!0}),t);var d=_((x,r)=>{r.exports=require("./start.cjs")["part-QVG3O72B.cjs"]()});var b={};u(b,{default:()=>y});module.exports=g(b);var v=f(d()),y={"archive-path-traversal":`# archive-path-traversal \xB7 error

A name in the archive climbs out of it.

The name of an entry has a part \`..\`, also with \`\\\` between the parts or with blanks and dots behind it. Nothing of such an archive is read further.

## Why it matters

Whoever unpacks it writes files outside of the folder that was meant ([CWE-22](https://cwe.mitre.org/data/definitions/22.html), "zip slip"). The historic tool unpacked downloaded archives with \`extractall\` and no check.

## How to mend it

Do not unpack it. Find out who made it; make it again from the folder with \`mldr pack\`.

## Fails

### At the beginning

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z01_slip.zip\`

### In the middle

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z02_slip-mid.zip\`

## Passes

- As: \`zip\`
`,"archive-absolute-path":`# archive-absolute-path \xB7 error

A name in the archive is an absolute path.

The name of an entry begins with \`/\` or \`\\\`, or with a drive letter.

## Why it matters

Some programs write such an entry where its name says, anywhere on the machine ([CWE-36](https://cwe.mitre.org/data/definitions/36.html)); others cut the beginning off. Either way two people unpack two different things.

## How to mend it

Do not unpack it. Find out who made it; make it again from the folder with \`mldr pack\`.

## Fails

### On Linux

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z03_abs.zip\`

### A drive letter

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z05_drive.zip\`

### A share

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z06_unc.zip\`

## Passes

- As: \`zip\`
`,"archive-link-entry":`# archive-link-entry \xB7 error

An entry is a link.

An entry of the archive, or a file in the folder, is a symbolic link, a hard link or a Windows reparse point. Links are never followed.

## Why it matters

A link leads the reader to a file that nobody checked ([CWE-59](https://cwe.mitre.org/data/definitions/59.html)), or, unpacked first, sends the next entry somewhere else.

## How to mend it

Put the file itself in its place: \`cp -L\`, or \`zip -r\` without \`-y\`.

## Fails

### A link

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z07_symlink.zip\`

### A link, and a file through it

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z08_symlink-write-through.zip\`
- Also: \`archive-name-collision\`

## Passes

- As: \`zip\`
`,"archive-special-file":`# archive-special-file \xB7 error

An entry is neither a file nor a folder.

An entry of the archive, or a file in the folder, is a device, a pipe, a socket or a volume label.

## Why it matters

It has no content that could be published. Unpacked by somebody with enough rights it becomes a device, and whoever opens a pipe waits for ever.

## How to mend it

Remove it. An entry named \`-\` of this sort comes from \`zip\` reading its standard input: name the files instead.

## Fails

- File: \`__tests__/fixtures/archives/pipe.zip\`
- Says: is neither a file nor a folder

## Passes

- As: \`zip\`
`,"archive-unsafe-mode":`# archive-unsafe-mode \xB7 error

An entry carries a mode that gives rights away.

The mode of an entry has the set-uid, set-gid or sticky bit.

## Why it matters

A bundle is data. Unpacked by an administrator with modes kept, a set-uid file runs with the administrator's rights for everybody.

## How to mend it

\`chmod -R ug-s,-t\` on the folder, and zip again; \`mldr pack\` writes mode 0644 whatever the folder has.

## Fails

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z43_suid.zip\`

## Passes

- As: \`zip\`
`,"archive-name-collision":`# archive-name-collision \xB7 error

Two entries are one file on some disk.

Two entries have the same name, or names that differ only by case or by the way accents are encoded; or a file has the name of a folder.

## Why it matters

On some disks they are one file, so what is unpacked depends on the machine and the program ([CWE-178](https://cwe.mitre.org/data/definitions/178.html)). What was checked may then not be what is installed.

## How to mend it

Rename or remove one of the two.

## Fails

### The same name twice

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z09_dup-name.zip\`

### Only case differs

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z10_case-collision.zip\`

## Passes

- As: \`zip\`
`,"archive-unsafe-name":`# archive-unsafe-name \xB7 error

The name of an entry is not safe everywhere.

The name of an entry holds a control, bidirectional or invisible character, a \`:\`, a character that shells read, is reserved on Windows, ends in a dot or blank, is not UTF-8, or is longer than a path or one of its parts may be. Letters of any script are fine.

## Why it matters

Names reach logs, shells, web pages and other people's disks. A line break followed by \`::\` in a name is a command to GitHub's runner; a bidirectional character shows another name than the real one ([CVE-2021-42574](https://nvd.nist.gov/vuln/detail/CVE-2021-42574)).

## How to mend it

Rename the file. The message names the character or the rule.

## Fails

### A line break

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z13_newline-command.zip\`

### A bidirectional character

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z15_rtl.zip\`

### A device of Windows

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z18_reserved.zip\`

### 5,000 bytes

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z19_long-name.zip\`

### Not UTF-8

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z21_bad-utf8.zip\`

## Passes

- As: \`zip\`
`,"archive-header-mismatch":`# archive-header-mismatch \xB7 error

The archive says two things about itself.

A zip describes each entry twice, in a header before its content and in the directory at the end. They differ; or bytes lie before, between or behind the entries; or there are two ends.

## Why it matters

Programs that read the one see another archive than programs that read the other ([CWE-436](https://cwe.mitre.org/data/definitions/436.html)): what was checked is not what is unpacked.

## How to mend it

Make the archive again with \`mldr pack\`. If it came from elsewhere, do not use it.

## Fails

### Two names for one entry

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z30_name-mismatch.zip\`

### An entry that the directory does not list

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z32_hidden-local.zip\`

### A zip in the comment of a zip

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z33_eocd-in-comment.zip\`

### A script in front

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z35_prepended.zip\`

### Something behind the end

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z36_trailing.zip\`

## Passes

- As: \`zip\`
`,"archive-overlap":`# archive-overlap \xB7 error

Entries of the archive share the same bytes.

Two entries of the directory lead to the same bytes of the archive.

## Why it matters

No program that makes archives does this. It is how a few kilobytes become petabytes without any entry that looks suspicious by itself ([A better zip bomb](https://www.usenix.org/conference/woot19/presentation/fifield), 2019).

## How to mend it

Do not unpack it.

## Fails

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z26_bomb-overlap-full.zip\`

## Passes

- As: \`zip\`
`,"archive-bomb":`# archive-bomb \xB7 error

The archive expands to far more than it may.

An entry, or the archive, expands to more bytes than the limit, to more than 200 times its bytes (counted past 1 MiB), or to more bytes than its header says. Reading stops there.

## Why it matters

Such a file fills the disk or the memory of whoever unpacks it ([CWE-409](https://cwe.mitre.org/data/definitions/409.html)). A model as JSON shrinks to a tenth at best.

## How to mend it

Do not unpack it. If the content is honest, raise the limit under \`[limits]\` in \`ml-detection-release.toml\`.

## Fails

### 200 MiB of zeros

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z23_bomb-ratio.zip\`

### A header that lies

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z24_bomb-lying-size.zip\`

## Passes

- As: \`zip\`
- Limit: \`ratio\` = \`20\`
`,"archive-nested":`# archive-nested \xB7 error

An archive lies inside the bundle.

A file of the bundle is an archive by its first bytes, whatever its name says: zip, gzip, bzip2, xz, 7z, rar, zstd or tar. Only a role that says so (\`nesting\`) may have one.

## Why it matters

What lies in it is not checked, and archives inside archives are how 42 kB become petabytes.

## How to mend it

Put its files into the bundle itself.

## Fails

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z27_bomb-nested.zip\`

## Passes

- As: \`zip\`
`,"archive-too-many-entries":`# archive-too-many-entries \xB7 error

There are more entries than a bundle may have.

The archive or folder has more files and folders than the limit, by default 1,000.

## Why it matters

A bundle has a handful of files. Thousands are the wrong folder (a checkout with its \`.git\`), or an attack on whoever reads them.

## How to mend it

Check the path. The limit is \`entries\` under \`[limits]\` in \`ml-detection-release.toml\`.

## Fails

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z28_many-entries.zip\`

## Passes

- As: \`zip\`
`,"archive-encrypted":`# archive-encrypted \xB7 error

An entry is encrypted.

An entry is encrypted, or marked as if it were.

## Why it matters

What cannot be read cannot be checked, and a published release is for everybody who may see it.

## How to mend it

Make the archive without a password. If the content must not be seen, it does not belong into the release.

## Fails

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z37_encrypted.zip\`

## Passes

- As: \`zip\`
`,"archive-unsupported-method":`# archive-unsupported-method \xB7 error

An entry is compressed in a way that not every reader knows.

An entry is compressed by something other than deflate, or asks for a feature of the format that is not known here.

## Why it matters

Stored and deflated entries are read by every program since 1993. Others are read by some, so the release would be broken for the rest.

## How to mend it

Zip it with deflate, which every tool takes by default, or with \`mldr pack\`.

## Fails

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z39_method-lzma.zip\`

## Passes

- As: \`zip\`
`,"archive-corrupt":`# archive-corrupt \xB7 error

The archive is damaged, or is none.

The content does not have the checksum that the archive says, the archive ends too early, or it is no zip at all.

## Why it matters

The usual causes are a broken download, and an error page saved under the name of the file.

## How to mend it

Fetch or make it again, and compare its digest with that of its source.

## Fails

### A checksum

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z40_bad-crc.zip\`

### Cut off

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z41_truncated.zip\`

### A web page

- File: \`__tests__/fixtures/corpus/known/archive-zip/Z42_not-a-zip.zip\`

## Passes

- As: \`zip\`
`,"archive-macos-metadata":`# archive-macos-metadata \xB7 error

The archive holds metadata of macOS.

The archive holds a folder \`__MACOSX\` or files that begin with \`._\`, which macOS adds when Finder compresses a folder.

## Why it matters

They hold attributes of the maker's disk (where a file was downloaded from, for one), and would be published. To every other system they are files that fit no role.

## How to mend it

\`zip -r -X release.zip <folder>\` or \`mldr pack <folder>\` leave them out; \`zip -d release.zip "__MACOSX*" "*/._*"\` takes them out.

## Fails

- File: \`__tests__/fixtures/archives/finder.zip\`
- Says: is metadata of macOS

## Passes

- As: \`zip\`
`,"archive-top-folder":`# archive-top-folder \xB7 error

The archive has no single top folder.

The files of the archive do not all lie below one folder, or there are none.

## Why it matters

People unpack a release where they stand. With a top folder they get one folder with the name of the release; without one, five files between their own.

## How to mend it

Zip the folder, not its files (\`zip -r X.zip X\`), or let \`mldr pack\` make the zip.

## Fails

- File: \`__tests__/fixtures/archives/no-folder.zip\`
- Says: The archive has no single top folder

## Passes

- As: \`zip\`
`,"file-too-large":`# file-too-large \xB7 error

A file is larger than the limit.

A file has more bytes than the limit for one file (1 GiB), the files together have more than theirs (2 GiB), or a document is larger than a JavaScript engine holds as one text.

## Why it matters

Limits hold what a bundle takes of the machine that checks it, whoever sent it.

## How to mend it

Check that it is the right file. The limits are \`entryBytes\` and \`expandedBytes\` under \`[limits]\` in \`ml-detection-release.toml\`.

## Fails

- Limit: \`entryBytes\` = \`40000\`
- Place: \`dga_1000_1.0_model.json\`
- Says: has 49697 bytes; the limit is 40000

## Passes

- Limit: \`entryBytes\` = \`50000\`
`,"text-encoding":`# text-encoding \xB7 warning

A text is not UTF-8.

A text (a readme, golden predictions) is not UTF-8, or begins with a byte-order mark.

## Why it matters

It shows wrong letters wherever it is read, and readers of JSON Lines stop at it.

## How to mend it

Save it as UTF-8 without a byte-order mark.

## Fails

- Copy: \`__tests__/fixtures/corpus/known/document/J08_bad-utf8.json\` as \`README.md\`
- Place: \`README.md:1:10\`

## Passes

\`\`\`markdown README.md
# Mod\xE8le dga_1000_1.0 \u2014 \u6A21\u578B
\`\`\`
`,"json-syntax":`# json-syntax \xB7 error

A file is not valid JSON.

The file is not JSON by [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259): \`NaN\`, a comma too many, a comment, single quotes, a second document behind the first, the triple quotes of Kibana's Dev Tools.

## Why it matters

Lenient readers accept some of these, each in its own way; Elasticsearch and this tool's users do not all have the same one. Python writes \`NaN\` unless told otherwise, and reads it back.

## How to mend it

Correct the place named; the help knows the common cases.

## Fails

### NaN

- Place: \`dga_1000_1.0_ingest_pipeline1.json:2:14\`

\`\`\`json dga_1000_1.0_ingest_pipeline1.json
{
  "version": NaN
}
\`\`\`

### Kibana Dev Tools

- Place: \`dga_1000_1.0_ngrams_create.json:4:15\`
- Says: This is Kibana Dev Tools syntax, not JSON

\`\`\`json dga_1000_1.0_ngrams_create.json
{
  "script": {
    "lang": "painless",
    "source": """
      ctx.dga_len = 1;
    """
  }
}
\`\`\`

### Two documents

- Copy: \`__tests__/fixtures/corpus/known/document/J10_trailing.json\` as \`dga_1000_1.0_ngrams_create.json\`

## Passes

\`\`\`json dga_1000_1.0_ngrams_create.json
{ "script": { "lang": "painless", "source": "ctx.dga_len = 1;" } }
\`\`\`
- Also: \`pipeline-script-not-known\`
`,"json-too-deep":`# json-too-deep \xB7 error

A JSON document is nested too deep.

More brackets are open at once than the limit: 64, in a model 256.

## Why it matters

RFC 8259 \xA79 lets every reader set its own limit, so a deep document is read by some programs and refused by others. Programs that walk it by recursion crash ([CWE-674](https://cwe.mitre.org/data/definitions/674.html)).

## How to mend it

Flatten it. The limits are \`jsonDepth\` and \`modelDepth\` under \`[limits]\` in \`ml-detection-release.toml\`.

## Fails

- Limit: \`jsonDepth\` = \`6\`
- Place: \`dga_1000_1.0_ingest_pipeline1.json:1:98\`

\`\`\`json dga_1000_1.0_ingest_pipeline1.json
{ "processors": [{ "pipeline": { "name": "dns_dga_inference_enrich_pipeline", "a": { "b": { "c": {} } } } }] }
\`\`\`

## Passes

- Limit: \`jsonDepth\` = \`12\`
`,"json-duplicate-key":`# json-duplicate-key \xB7 error

A key stands twice in one JSON object.

One object has the same key twice, also where one of them is spelt with \`\\u\` escapes. The second is reported.

## Why it matters

RFC 8259 \xA74: what a reader makes of it is unpredictable. Python and JavaScript keep the last value, others the first, and Elasticsearch refuses the document: what was reviewed is not what runs.

## How to mend it

Remove one of the two.

## Fails

### In a model

- Patch: \`dga_1000_1.0_model.json\` \`/model_id\` = \`"dga_1000_1.0","model_id":"dga_1000_1.0"\`
- Place: \`dga_1000_1.0_model.json:1:49682\`

### Spelt with an escape

- Place: \`dga_1000_1.0_ngrams_create.json:2:58\`

\`\`\`json dga_1000_1.0_ngrams_create.json
{
  "script": { "lang": "painless", "source": "return 1;", "\\u0073ource": "return 2;" }
}
\`\`\`

## Passes

The same key in two objects is fine.

- Patch: \`dga_1000_1.0_ingest_pipeline1.json\` \`/on_failure\` = \`[{ "set": { "field": "a", "value": "b" } }, { "set": { "field": "c", "value": "d" } }]\`
`,"json-forbidden-key":`# json-forbidden-key \xB7 error

A JSON key is one that changes how programs behave.

A key is \`__proto__\`, or a \`constructor\` with a \`prototype\` in it.

## Why it matters

Where a JavaScript program merges such a document into another object, it changes every object of that program ([CWE-1321](https://cwe.mitre.org/data/definitions/1321.html)). No pipeline, job or model needs such a key.

## How to mend it

Remove it, or give it another name.

## Fails

- Place: \`dga_1000_1.0_ingest_pipeline1.json:3:3\`

\`\`\`json dga_1000_1.0_ingest_pipeline1.json
{
  "processors": [{ "pipeline": { "name": "dns_dga_inference_enrich_pipeline" } }],
  "__proto__": { "enabled": true }
}
\`\`\`

## Passes

- Patch: \`dga_1000_1.0_ingest_pipeline1.json\` \`/_meta\` = \`{ "prototype": false }\`
`,"json-encoding":`# json-encoding \xB7 error

A JSON file is not well-formed UTF-8.

The bytes are not UTF-8, begin with a byte-order mark, are UTF-16 or UTF-32, or a string holds half of a surrogate pair.

## Why it matters

RFC 8259 \xA78.1: JSON is UTF-8 without a byte-order mark. A reader that accepts something else replaces what it does not understand, and two different ids become one.

## How to mend it

Save it as UTF-8 without a byte-order mark.

## Fails

### A byte-order mark

- Copy: \`__tests__/fixtures/corpus/known/document/J06_bom.json\` as \`dga_1000_1.0_ngrams_create.json\`
- Place: \`dga_1000_1.0_ngrams_create.json:1:1\`

### UTF-16

- Copy: \`__tests__/fixtures/corpus/known/document/J07_utf16.json\` as \`dga_1000_1.0_ngrams_create.json\`
- Says: is UTF-16

### Not UTF-8

- Copy: \`__tests__/fixtures/corpus/known/document/J08_bad-utf8.json\` as \`dga_1000_1.0_ngrams_create.json\`

### Half of a pair

- Place: \`dga_1000_1.0_ngrams_create.json:1:45\`

\`\`\`json dga_1000_1.0_ngrams_create.json
{ "script": { "lang": "painless", "source": "return '\\ud800'" } }
\`\`\`

## Passes

\`\`\`json dga_1000_1.0_ngrams_create.json
{ "script": { "lang": "painless", "source": "return '\\ud83d\\ude00 \u6A21\u578B'" } }
\`\`\`
- Also: \`pipeline-script-not-known\`
`,"json-number-range":`# json-number-range \xB7 warning

A number of a JSON file changes when it is read.

A number is another one when it is read as a double: an integer that no double holds, a number that becomes infinite, a number that is not 0 and becomes 0. Decimal rounding is no change: every reader rounds alike.

## Why it matters

RFC 8259 \xA76: programs agree on what doubles hold. Beyond that an id loses its last digits, or a threshold turns into infinity, in one program and not in another.

## How to mend it

Write a number that a double holds, or a string where it is an id.

## Fails

- Patch: \`dga_1000_1.0_model.json\` \`/metadata/training_rows\` = \`9007199254740993\`
- Place: \`dga_1000_1.0_model.json:1:49649\`
- Says: 9007199254740992

## Passes

- Patch: \`dga_1000_1.0_model.json\` \`/metadata/training_rows\` = \`9007199254740992\`
`,"model-pickle":`# model-pickle \xB7 error

A model is a Python pickle.

A file that should be JSON is a Python pickle, by its first bytes.

## Why it matters

A pickle is a program that runs when it is loaded: "Never unpickle data that could have come from an untrusted source" ([Python](https://docs.python.org/3/library/pickle.html), [CWE-502](https://cwe.mitre.org/data/definitions/502.html)). No bundle of JSON files needs one.

## How to mend it

Export the model as JSON: with \`eland\`, or from Elasticsearch with \`GET _ml/trained_models/<id>?include=definition&exclude_generated=true\`.

## Fails

- Copy: \`__tests__/fixtures/corpus/known/document/J11_pickle-as-model.json\` as \`dga_1000_1.0_model.json\`
- Place: \`dga_1000_1.0_model.json\`

## Passes

- Base: \`examples/ML-DGA-20261122-2\`
`,"model-definition-unreadable":`# model-definition-unreadable \xB7 error

The compressed definition of a model cannot be opened.

\`compressed_definition\` holds a gzip in base64, and in it the definition as JSON. One of the three cannot be read, or expands further than the limits allow.

## Why it matters

Elasticsearch opens it when the model is uploaded, with all the model's weight behind it. Until then it is a text like any other, and everything could be in it.

## How to mend it

Export the model again. If it was edited by hand, put the definition itself in (\`definition\`).

## Fails

- Patch: \`dga_1000_1.0_model.json\` \`/definition\` removed
- Patch: \`dga_1000_1.0_model.json\` \`/compressed_definition\` = \`"bm90IGEgZ3ppcA=="\`

## Passes

- Base: \`examples/ML-DGA-20261122-2\`
`,"toml-syntax":`# toml-syntax \xB7 error

A file is not valid TOML.

The file is not [TOML 1.0](https://toml.io/en/v1.0.0): a text without quotes, a key twice, a date that does not exist, a control character.

## Why it matters

The rule cannot be read, so nothing in it is checked, and nobody can install it.

## How to mend it

Correct the place named.

## Fails

### A text without quotes

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`severity = "low"\` \u2192 \`severity = low\`
- Place: \`experimental_dns_request_predicted_dga.toml:17:12\`

### A key twice

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`severity = "low"\` \u2192 \`name = "Again"\`

### A day that does not exist

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`creation_date = "2026/11/22"\` \u2192 \`creation_date = 2026-02-30\`

## Passes

- Base: \`examples/ML-experimental-detections-20261122-1\`
`,"toml-too-deep":`# toml-too-deep \xB7 error

A TOML document is nested too deep.

Arrays, tables or dotted keys are nested deeper than the limit, 16.

## Why it matters

A rule needs four levels. Deep documents make readers that work by recursion crash ([CWE-674](https://cwe.mitre.org/data/definitions/674.html)) or take minutes.

## How to mend it

Flatten it. The limit is \`tomlDepth\` under \`[limits]\` in \`ml-detection-release.toml\`.

## Fails

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`severity = "low"\` \u2192 \`severity = [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]\`

## Passes

- Base: \`examples/ML-experimental-detections-20261122-1\`
`,"toml-too-large":`# toml-too-large \xB7 error

A TOML file is larger than the limit.

A TOML file has more bytes than the limit, 256 KiB.

## Why it matters

A rule has a few kilobytes. Reading TOML takes longer than its size suggests: 15,000 tables in 320 kB took most of a second.

## How to mend it

Check that it is a rule. The limit is \`tomlBytes\` under \`[limits]\` in \`ml-detection-release.toml\`.

## Fails

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Limit: \`tomlBytes\` = \`1000\`
- Place: \`experimental_ml_high_sum_dga_probability.toml\`

## Passes

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Limit: \`tomlBytes\` = \`2000\`
`,"toml-forbidden-key":`# toml-forbidden-key \xB7 error

A TOML key is one that changes how programs behave.

A key is \`__proto__\`, or a \`constructor\` with a \`prototype\` in it.

## Why it matters

Where a JavaScript program merges such a document into another object, it changes every object of that program ([CWE-1321](https://cwe.mitre.org/data/definitions/1321.html)). No rule needs such a key.

## How to mend it

Remove it, or give it another name.

## Fails

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`risk_score = 21\` \u2192 \`__proto__ = 21\`
- Place: \`experimental_dns_request_predicted_dga.toml:16:1\`

## Passes

- Base: \`examples/ML-experimental-detections-20261122-1\`
`,"release-bad-tag":`# release-bad-tag \xB7 error

The name of the bundle is not a release name.

The name of the folder or zip is \`<family>-YYYYMMDD-N\`: the family of the kind, a real day of the calendar, and a number from 1 without a leading zero. At most 100 characters, and nothing behind the number. The family is one that a kind has; with \`--kind\` it is the family of that kind.

## Why it matters

One text is the name of the release, its tag, its zip and its folder at once, and later tools take it apart again. The tool that published such releases in 2020 accepted \`ML-DGA-99999999-3\`, and a single release called \`\u2026-1-rc\` made all its commands fail. \`ML-DGA-20261122-1\` and \`ML-DGA-20261122-01\` would be two tags for one release.

## How to mend it

Rename the folder, or leave the name to the tool: \`mldr release --next\` makes it from the kind, the day and the highest number of the family.

## Fails

### A day that does not exist

- Name: \`ML-DGA-20261332-1\`
- Says: its eight digits are no day of the calendar

### A leading zero

- Name: \`ML-DGA-20261122-01\`
- Says: Write \`ML-DGA-20261122-1\`

### Something behind the number

- Name: \`ML-DGA-20261122-1-rc\`
- Says: of the form \`ML-DGA-YYYYMMDD-N\`

### A family that no kind has

- Name: \`ML-Phishing-20261122-1\`
- Says: no kind has the family \`ML-Phishing\`

## Passes

- Name: \`ML-DGA-20260228-25\`
`,"release-date-future":`# release-date-future \xB7 warning

The date in the name of the release is in the future.

The eight digits of the name are a day after today. Days are counted in UTC.

## Why it matters

The date is how people order releases and find the data that a model was trained on. A wrong year is not noticed for long: \`ML-experimental-detections-20200506-3\` was published in May 2021.

## How to mend it

Use the day on which it is released. East of Greenwich the day begins before it does in UTC: then wait, or accept the warning.

## Fails

- Name: \`ML-DGA-20261123-1\`
- Today: \`2026-11-22\`
- Says: today is 20261122 (UTC)

## Passes

- Name: \`ML-DGA-20261122-1\`
- Today: \`2026-11-22\`
`,"release-name-mismatch":`# release-name-mismatch \xB7 error

The top folder inside the zip has another name than the zip.

A zip called \`X.zip\` holds one top folder called \`X\`. Of a folder on disk nothing is asked: its name is the name.

## Why it matters

The folder that people unpack is how they know which release they have, and the historic installer looked for the model in the folder named like the tag.

## How to mend it

Rename the zip, or zip the folder again under the right name: \`mldr pack\` does both.

## Fails

- As: \`zip\`
- Top folder: \`ML-DGA-20261122-1\`
- Says: its top folder \`ML-DGA-20261122-1\`

## Passes

- As: \`zip\`
`,"release-number-taken":`# release-number-taken \xB7 error

The number of the release is taken, or lower than the last of its family.

The number of a release is one more than the highest of its family in the store. It is an error when another release has this number, when a higher number is published, or when this very name is published with other files. A release that is published with exactly these files is finished, and no defect.

## Why it matters

The number is the short name of a release ("DGA release 5"), and a published release never changes. Of the 42 releases that Elastic published under such names from 2020 to 2022, 32 share their number with another one of the same family.

## How to mend it

Take the next number: \`mldr next-name ml-dga\` says it, and \`mldr release --next\` takes it.

## Fails

### The name is published with other files

- Says: was published in dir:releases already, with other files

\`\`\`json history
{ "ML-DGA-20261122-2": { "entries": { "dga_999_1.0_model.json": "00" } } }
\`\`\`

### Another release has the number

- Says: is taken by \`ML-DGA-20261101-2\`
- Says: Release it as \`ML-DGA-20261122-3\`

\`\`\`json history
{ "ML-DGA-20261001-1": {}, "ML-DGA-20261101-2": {} }
\`\`\`

### A higher number is published

- Says: is lower than that of \`ML-DGA-20261101-7\`

\`\`\`json history
{ "ML-DGA-20261101-7": {} }
\`\`\`

### The name is published without a manifest

- Says: without a manifest, so its files cannot be compared

\`\`\`json history
{ "ML-DGA-20261122-2": "no manifest" }
\`\`\`

### The release of this name was taken away

- Says: its name is never used again

\`\`\`json history
{ "ML-DGA-20261122-2": "removed" }
\`\`\`

## Passes

### The next number, after a past with numbers used twice

\`\`\`json history
{ "ML-DGA-20261001-1": {}, "ML-DGA-20261002-1": {}, "ML-DGA-v0.1.0": "no manifest" }
\`\`\`

### A finished release

\`\`\`json history
{ "ML-DGA-20261122-2": "the same files" }
\`\`\`

### Another family

\`\`\`json history
{ "ML-experimental-detections-20261101-7": {} }
\`\`\`
`,"release-number-gap":`# release-number-gap \xB7 warning

The number of the release leaves numbers of its family out.

The number is more than one above the highest of its family. The first release of a family may have any number, so that a team that moves here goes on counting. A gap is never filled later: the next number is always one more than the highest.

## Why it matters

People count on the numbers: a missing one looks like a release that was taken back, and somebody will look for it.

## How to mend it

Take the next number, or accept the gap.

## Fails

- Name: \`ML-DGA-20261122-9\`
- Says: follows 7 (\`ML-DGA-20261001-7\`); the next is \`ML-DGA-20261122-8\`

\`\`\`json history
{ "ML-DGA-20261001-7": {} }
\`\`\`

## Passes

### The next number

- Name: \`ML-DGA-20261122-8\`

\`\`\`json history
{ "ML-DGA-20261001-7": {} }
\`\`\`

### The first of a family

- Name: \`ML-DGA-20261122-9\`

\`\`\`json history
{ "ML-experimental-detections-20261101-2": {} }
\`\`\`
`,"release-date-regression":`# release-date-regression \xB7 warning

The date of the release is before that of the last one of its family.

The date in the name is before the date of the release with the next lower number of the same family. Two releases on one day are fine.

## Why it matters

Lists sorted by name and lists sorted by number then tell two different stories of what came first. Often it is the year that is wrong.

## How to mend it

Correct the date. Where the earlier release has the wrong one, accept the warning: nothing published changes.

## Fails

- Says: \`ML-DGA-20261123-1\` before it has 20261123

\`\`\`json history
{ "ML-DGA-20261123-1": {} }
\`\`\`

## Passes

### The same day

\`\`\`json history
{ "ML-DGA-20261122-1": {} }
\`\`\`

### A later date in another family

\`\`\`json history
{ "ML-experimental-detections-20261123-1": {} }
\`\`\`
`,"bundle-empty":`# bundle-empty \xB7 error

The bundle holds nothing to release.

No file plays a role of the kind; a readme alone is no release. Kinds that require certain files have \`file-missing\` instead, which names them.

## Why it matters

The tool that published detections in 2020 accepted an empty folder and would have released it. The usual cause is the wrong path, or a build that wrote nothing.

## How to mend it

Check the path, and add the files of the release.

## Fails

- Base: \`nothing\`
- Name: \`ML-experimental-detections-20261122-1\`
- Says: \`*.toml\`, \`*.json\`

\`\`\`markdown README.md
# Experimental detections
\`\`\`

## Passes

- Base: \`examples/ML-experimental-detections-20261122-1\`
`,"file-role-unknown":'# file-role-unknown \xB7 error\n\nA file fits no role of the kind.\n\nA file whose path fits no pattern of the kind. An error in `ml-dga`, where every file has its place; a warning in `ml-experimental-detections`; own kinds say which (`unexpected`). What lies below `_dev/` is never looked at, because it is never packed.\n\n## Why it matters\n\nWhat lies in the folder is published, and what is published stays: notes, keys, a second model under a mistyped name. A mistyped name is also how a required file goes missing.\n\n## How to mend it\n\nRename the file to the pattern of its role, remove it, or move it below `_dev/`.\n\n## Fails\n\n### A mistyped name\n\n- Copy: `examples/ML-DGA-20261122-2/dga_1000_1.0_ingest_pipeline1.json` as `dga_1000_1.0_pipeline1.json`\n- Remove: `dga_1000_1.0_ingest_pipeline1.json`\n- Place: `dga_1000_1.0_pipeline1.json`\n- Says: Did you mean `dga_1000_1.0_ingest_pipeline1.json` (role pipeline-outer, `dga_<id>_ingest_pipeline1.json`)?\n- Also: `file-missing`\n\n### What a system leaves behind\n\n- Place: `.DS_Store`\n- Says: was left behind by macOS\n\n```text .DS_Store\nBud1\n```\n\n### A folder\n\n- Place: `docs/model.md`\n- Says: lies in a folder, and the files of ml-dga lie at the top\n\n```markdown docs/model.md\n# The model\n```\n\n### In a bundle of detections\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Place: `mapping.yml`\n- Severity: `warning`\n\n```yaml mapping.yml\nsource: host.name\n```\n\n## Passes\n\n### Golden predictions have a role\n\n- Copy: `__tests__/fixtures/golden/dga_1000_1.0_reserved_golden.jsonl` as `dga_1000_1.0_golden.jsonl`\n\n### `_dev/` is not packed\n\n```jsonl _dev/labelled.jsonl\n{"name": "example.com", "malicious": false}\n```\n',"file-role-ambiguous":`# file-role-ambiguous \xB7 error

A file fits several roles of the kind.

A file fits the patterns of two roles of its kind. It is not read as either. The built-in kinds have no such patterns; a kind of your own may.

## Why it matters

How a file is checked, what it defines and where it is deployed follow from its role: with two of them nothing follows.

## How to mend it

Make the patterns exclude each other, or rename the file.

## Fails

- Base: \`nothing\`
- Name: \`ML-ProcessBehaviour-20261122-1\`
- Place: \`pb_7_model.json\`
- Says: fits the roles model (\`pb_<id>_model.json\`) and document (\`*.json\`)

\`\`\`json kind
{
  "id": "process-behaviour",
  "family": "ML-ProcessBehaviour",
  "title": "A model of processes",
  "unexpected": "error",
  "roles": [
    { "id": "model", "pattern": "pb_<id>_model.json", "format": "json", "count": "one" },
    { "id": "document", "pattern": "*.json", "format": "json", "count": "any" }
  ]
}
\`\`\`

\`\`\`json pb_7_model.json
{}
\`\`\`

## Passes

- Base: \`nothing\`
- Name: \`ML-ProcessBehaviour-20261122-1\`

\`\`\`json kind
{
  "id": "process-behaviour",
  "family": "ML-ProcessBehaviour",
  "title": "A model of processes",
  "unexpected": "error",
  "roles": [
    { "id": "model", "pattern": "pb_<id>_model.json", "format": "json", "count": "one" },
    { "id": "document", "pattern": "doc_*.json", "format": "json", "count": "any" }
  ]
}
\`\`\`

\`\`\`json pb_7_model.json
{}
\`\`\`
`,"file-missing":`# file-missing \xB7 error

A file that the kind requires is missing.

A role that has exactly one file, or at least one, has none. The message names the pattern, the help the file name with the id of the other files.

## Why it matters

The five files of an \`ml-dga\` bundle work only together: the pipelines call the scripts and the model by name, and a stack that has four of them fails on the first document.

## How to mend it

Add the file. Where a file of the bundle looks like it under another name, the help says so: rename it.

## Fails

- Remove: \`dga_1000_1.0_ngrams_transform_delete.json\`
- Says: \`dga_<id>_ngrams_transform_delete.json\`
- Says: Add \`dga_1000_1.0_ngrams_transform_delete.json\`.

## Passes

A readme is not required.

- Remove: \`README.md\`
`,"file-surplus":`# file-surplus \xB7 error

Several files play a role that one file plays.

Two files play a role that exactly one, or at most one, file plays. The second in order of names is reported, the first is named.

## Why it matters

Nobody can say which of the two is deployed. The historic tool refused such a folder too.

## How to mend it

Remove all but one. To publish two models, make two releases.

## Fails

The published releases of 2020 spelt this name with a second \`dga_\`, so both spellings are known.

- Copy: \`examples/ML-DGA-20261122-2/dga_1000_1.0_ngrams_create.json\` as \`dga_1000_1.0_dga_ngrams_create.json\`
- Place: \`dga_1000_1.0_ngrams_create.json\`
- Says: \`dga_1000_1.0_dga_ngrams_create.json\` plays already

## Passes

- Copy: \`examples/ML-DGA-20261122-2/dga_1000_1.0_ngrams_create.json\` as \`dga_1000_1.0_dga_ngrams_create.json\`
- Remove: \`dga_1000_1.0_ngrams_create.json\`
`,"file-capture-mismatch":`# file-capture-mismatch \xB7 error

A file carries another id in its name than the others.

In a kind with \`sharedCapture\`, \`<id>\` stands for the same text in every file name. The id that most files carry counts; the others are reported.

## Why it matters

The id says which model a script or pipeline was written for. The historic tool never compared the five files, so a pipeline of one model could be published with another model, which then got inputs it had not been trained on.

## How to mend it

Check that the file belongs to this model; then rename it.

## Fails

- Copy: \`examples/ML-DGA-20261122-2/dga_1000_1.0_ngrams_create.json\` as \`dga_900_1.0_ngrams_create.json\`
- Remove: \`dga_1000_1.0_ngrams_create.json\`
- Place: \`dga_900_1.0_ngrams_create.json\`
- Says: carries the id \`900_1.0\`; 4 of the 5 files carry \`1000_1.0\`

## Passes

- Base: \`examples/ML-DGA-20261122-2\`
`,"file-capture-empty":`# file-capture-empty \xB7 error

The id in the name of a file is empty.

A pattern with \`<id>\` matches a name in which nothing stands there: \`dga__model.json\`.

## Why it matters

The id of the model is made from its file name. This one would be called \`dga_\`, which Elasticsearch refuses, since an id ends in a letter or a digit.

## How to mend it

Put the id of the model into the name, the same in every file.

## Fails

- Copy: \`examples/ML-DGA-20261122-2/dga_1000_1.0_ingest_pipeline1.json\` as \`dga__ingest_pipeline1.json\`
- Remove: \`dga_1000_1.0_ingest_pipeline1.json\`
- Place: \`dga__ingest_pipeline1.json\`
- Says: has nothing where \`dga_<id>_ingest_pipeline1.json\` has \`<id>\`

## Passes

- Base: \`examples/ML-DGA-20261122-2\`
`,"file-empty":`# file-empty \xB7 error

A file holds nothing.

A file that plays a role has no bytes. Of JSON, which is never empty, \`json-syntax\` says so instead.

## Why it matters

An empty file is a copy that failed, or a step that wrote nothing and reported success. Its name is there, so nothing else would notice.

## How to mend it

Copy it again from its source, or remove it.

## Fails

- Place: \`README.md\`
- Says: (role readme) has 0 bytes

\`\`\`markdown README.md
\`\`\`

## Passes

\`\`\`markdown README.md
# dga_1000_1.0
\`\`\`
`,"readme-missing":`# readme-missing \xB7 note

The bundle has no readme.

The kind has a role for a readme, and no file plays it. The readme is published inside the zip.

## Why it matters

Who finds the release in a year has nothing else that says what the model predicts, what it was trained on and what it must not be used for. Since December 2020 the historic tool required one in every bundle of detections.

## How to mend it

Add a \`README.md\`: what it detects, what it was made from, how to set it up, what is known to go wrong.

## Fails

- Remove: \`README.md\`
- Says: There is no \`README.md\`

## Passes

- Base: \`examples/ML-DGA-20261122-2\`
`,"dev-folder-packed":`# dev-folder-packed \xB7 error

The zip holds files of the \`_dev/\` folder.

\`_dev/\` inside a bundle's folder is for the team: test documents with expected results, labelled sets. It is read by \`validate\` and never packed; a zip that holds it was made by hand.

## Why it matters

Labelled data often comes from a real network. What is published with a release cannot be taken back.

## How to mend it

Let \`mldr pack\` or \`mldr release\` make the zip from the folder.

## Fails

- As: \`zip\`
- Place: \`_dev/labelled.jsonl\`
- Says: The zip holds a file below \`_dev/\`

\`\`\`jsonl _dev/labelled.jsonl
{"name": "example.com", "malicious": false}
\`\`\`

## Passes

\`\`\`jsonl _dev/labelled.jsonl
{"name": "example.com", "malicious": false}
\`\`\`
`,"ml-job-bad-name":'# ml-job-bad-name \xB7 error\n\nA job\'s name is no id of Elasticsearch.\n\nThe name of a job becomes its id. Allowed are lower-case letters, digits, `-`, `_` and `.`, a letter or digit at both ends, and at most 64 characters. This is what the server checks (`MlStrings.isValidId`); the length is looked at before anything else.\n\n## Why it matters\n\nThe id stands in the address of the API. A name such as `../_security/user/x` would call another one, with the rights of whoever uploads; a line break would forge lines of a log.\n\n## How to mend it\n\nGive the job another name, and use that name in its datafeed and in the rules that rest on it.\n\n## Fails\n\n### A name that climbs\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-rare-dga-domain.json` `/name` = `"../_security/user/x"`\n- Place: `experimental-rare-dga-domain.json:30:11`\n- Says: it holds "/"\n\n### A name with a line break\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-rare-dga-domain.json` `/name` = `"x\\n::set-output name=tag::evil"`\n- Place: `experimental-rare-dga-domain.json:30:11`\n- Says: it holds "\\n"\n\n### Capitals\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-rare-dga-domain.json` `/name` = `"Rare-DGA"`\n- Place: `experimental-rare-dga-domain.json:30:11`\n- Says: it holds "R"\n\n### A name that is too long\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-rare-dga-domain.json` `/name` = `"rare-rare-rare-rare-rare-rare-rare-rare-rare-rare-rare-rare-rare-x"`\n- Place: `experimental-rare-dga-domain.json:30:11`\n- Says: it has 66 characters\n\n## Passes\n\n### A usual name\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n\n### A dot is allowed, though Elasticsearch does not document it\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-rare-dga-domain.json` `/name` = `"rare_dga-1.0"`\n',"ml-job-bad-type":`# ml-job-bad-type \xB7 error

A job's type is none that can be uploaded.

The type is one of \`anomaly_detection\`, \`data_frame_analytic\`, \`datafeed\`. Each stands for one API.

## Why it matters

The type chooses the address that the body is sent to. The historic tool did not look at it before the upload, so a misspelt type was released and failed at every user.

## How to mend it

Use one of the three.

## Fails

### A near miss

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Patch: \`experimental-dns-client-outliers.json\` \`/type\` = \`"data_frame_analytics"\`
- Place: \`experimental-dns-client-outliers.json:31:11\`
- Says: Did you mean \`data_frame_analytic\`?

### A type that climbs

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Patch: \`experimental-rare-dga-domain.json\` \`/type\` = \`"../../_security"\`
- Place: \`experimental-rare-dga-domain.json:31:11\`

## Passes

- Base: \`examples/ML-experimental-detections-20261122-1\`
`,"job-field-missing":'# job-field-missing \xB7 error\n\nA job file lacks its name, type or body.\n\nA job file wraps what the API takes: `name` becomes the id, `type` chooses the API, `body` is sent as it is. All three must be there.\n\n## Why it matters\n\nWithout one of them nothing can be uploaded. The historic tool said so on upload only ("missing required info"), one file at a time.\n\n## How to mend it\n\nAdd the field. `type` is `anomaly_detection`, `data_frame_analytic` or `datafeed`.\n\n## Fails\n\n### No type\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-rare-dga-domain.json` `/type` removed\n- Place: `experimental-rare-dga-domain.json:1:1`\n- Says: The job has no `type`\n\n### A misspelt field\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental-rare-dga-domain.json` `"type": ` \u2192 `"Type": `\n- Place: `experimental-rare-dga-domain.json:1:1`\n- Says: Is `Type` meant? Call it `type`.\n\n## Passes\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n',"job-field-type":'# job-field-type \xB7 error\n\nA job file\'s name, type or body is not of its type.\n\nThe file is an object, `name` and `type` are strings, `body` is an object.\n\n## Why it matters\n\nName and type become parts of an address, and the body is sent as JSON: anything else is refused by Elasticsearch, or worse, turned into text and accepted.\n\n## How to mend it\n\nWrite the value as it is meant: `"body": {\u2026}`, not `"body": "{\u2026}"`.\n\n## Fails\n\n### A name that is a number\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-rare-dga-domain.json` `/name` = `7`\n- Place: `experimental-rare-dga-domain.json:30:11`\n- Says: `name` must be a string, and is the number 7.\n\n### A body that is a text\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-rare-dga-domain.json` `/body` = `"{}"`\n- Place: `experimental-rare-dga-domain.json:2:11`\n\n### A list of jobs\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n```json several.json\n[]\n```\n- Place: `several.json:1:1`\n- Says: A job file must be an object\n\n## Passes\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n',"job-body-incomplete":'# job-body-incomplete \xB7 warning\n\nThe body of a job lacks a field that Elasticsearch requires.\n\nFor each type there is a JSON Schema of the required fields (`src/schemas/job-*.json`): an anomaly detection job needs `data_description` and `analysis_config` with a detector that has a `function`; a data frame analytics job needs `source` and `dest` with an index and an `analysis`; a datafeed needs `job_id` and `indices`. Everything else is allowed. A body whose type is not known is not judged.\n\n## Why it matters\n\nElasticsearch refuses the job when it is created, which is after the release was published. It is a warning, since servers differ by version.\n\n## How to mend it\n\nAdd the field.\n\n## Fails\n\n### A job without data_description\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-rare-dga-domain.json` `/body/data_description` removed\n- Place: `experimental-rare-dga-domain.json:2:11`\n- Says: `body` of this anomaly_detection has no `data_description`.\n\n### A detector without a function\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-rare-dga-domain.json` `/body/analysis_config/detectors/0/function` removed\n- Place: `experimental-rare-dga-domain.json:6:9`\n\n### A datafeed that reads nothing\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `datafeed-experimental-high-sum-dga-probability.json` `/body/indices` removed\n- Place: `datafeed-experimental-high-sum-dga-probability.json:2:11`\n- Says: has neither `indices` nor `indexes`\n- Also: `ml-job-unbounded-indices`\n\n### An analysis without a destination\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-dns-client-outliers.json` `/body/dest/index` removed\n- Place: `experimental-dns-client-outliers.json:16:13`\n\n## Passes\n\n### Whole jobs\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n\n### The other spelling of indices\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `datafeed-experimental-high-sum-dga-probability.json` `"indices"` \u2192 `"indexes"`\n',"model-id-invalid":`# model-id-invalid \xB7 error

The id of a model is none that Elasticsearch takes.

The id comes from the file name (\`dga_1000_1.0_model.json\` is \`dga_1000_1.0\`), and stands in \`model_id\` of the body where there is one. Allowed are lower-case letters, digits, \`-\`, \`_\` and \`.\`, a letter or digit at both ends, and at most 64 characters. Ids that begin with a dot belong to Elastic's own packages.

## Why it matters

The id stands in the address of the API and in the pipelines. Elasticsearch refuses the model when it is created (\`TrainedModelConfig.Builder.validate\`).

## How to mend it

Rename the file, and \`model_id\` with it.

## Fails

### In the body

- Base: \`examples/ML-DGA-20261122-2\`
- Patch: \`dga_1000_1.0_model.json\` \`/model_id\` = \`"DGA_1000"\`
- Place: \`dga_1000_1.0_model.json:1:49667\`
- Says: Elasticsearch refuses the model id \`DGA_1000\`: it holds "D".
- Also: \`model-id-mismatch\`

### In the file name

- Base: \`nothing\`
- Name: \`ML-Test-20261122-1\`
\`\`\`json kind
{
  "id": "ml-test",
  "family": "ML-Test",
  "title": "Models",
  "unexpected": "error",
  "roles": [
    { "id": "model", "pattern": "<id>.json", "format": "elastic-model", "count": "any", "defines": [{ "space": "model", "id": "<id>" }] }
  ]
}
\`\`\`
\`\`\`json Length_1.0.json
{
  "input": { "field_names": ["length"] },
  "inference_config": { "regression": {} },
  "definition": { "trained_model": { "tree": { "feature_names": [], "tree_structure": [{ "leaf_value": 0.5 }] } } }
}
\`\`\`
- Place: \`Length_1.0.json\`
- Says: The file name gives the model id \`Length_1.0\`

## Passes

### The example

- Base: \`examples/ML-DGA-20261122-2\`

### A file of a family of its own

- Base: \`nothing\`
- Name: \`ML-Test-20261122-1\`
\`\`\`json kind
{
  "id": "ml-test",
  "family": "ML-Test",
  "title": "Models",
  "unexpected": "error",
  "roles": [
    { "id": "model", "pattern": "<id>.json", "format": "elastic-model", "count": "any", "defines": [{ "space": "model", "id": "<id>" }] }
  ]
}
\`\`\`
\`\`\`json length_1.0.json
{
  "input": { "field_names": ["length"] },
  "inference_config": { "regression": {} },
  "definition": { "trained_model": { "tree": { "feature_names": [], "tree_structure": [{ "leaf_value": 0.5 }] } } }
}
\`\`\`
`,"model-tag-invalid":'# model-tag-invalid \xB7 error\n\nA tag of a model is none that Elasticsearch takes.\n\n`tags` is an array of strings of the grammar of ids. Allowed are lower-case letters, digits, `-`, `_` and `.`, a letter or digit at both ends, and at most 64 characters. None of them is the id of the model.\n\n## Why it matters\n\nElasticsearch refuses the model when it is created: tags and ids are looked up together (`TrainedModelConfig.Builder.validate`).\n\n## How to mend it\n\nChange the tag, or leave it out.\n\n## Fails\n\n### A space\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/tags/0` = `"DGA model"`\n- Place: `dga_1000_1.0_model.json:1:49690`\n- Says: it holds "D"\n\n### The id of the model\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/tags/0` = `"dga_1000_1.0"`\n- Place: `dga_1000_1.0_model.json:1:49690`\n- Says: is the id of the model\n\n### A text instead of a list\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/tags` = `"dga"`\n- Place: `dga_1000_1.0_model.json:1:49689`\n\n## Passes\n\n### Tags\n\n- Base: `examples/ML-DGA-20261122-2`\n\n### No tags\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/tags` removed\n',"model-body-refused":'# model-body-refused \xB7 error\n\nA model has a field that Elasticsearch refuses when it is created.\n\nElasticsearch reads the body of a model strictly: a field that it does not know is answered with 400. So are those that only the server sets: `version`, `created_by`, `create_time`, `license_level`, `location`, `model_package`, `metadata.total_feature_importance`, `metadata.model_aliases`.\n\n## Why it matters\n\nA model read with `GET _ml/trained_models/<id>` holds such fields, and looks whole. It cannot be created again from what was read (`TrainedModelConfig`, strict parser).\n\n## How to mend it\n\nExport it with `GET _ml/trained_models/<id>?exclude_generated=true&include=definition`, or remove the fields.\n\n## Fails\n\n### A field of the server\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/create_time` = `1606780800000`\n- Place: `dga_1000_1.0_model.json:1:49697`\n- Says: `create_time` is set by the server\n\n### Aliases in the metadata\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/metadata/model_aliases` = `["dga"]`\n- Place: `dga_1000_1.0_model.json:1:49655`\n\n### A misspelt field\n\n- Base: `examples/ML-DGA-20261122-2`\n- Replace: `dga_1000_1.0_model.json` `"description":` \u2192 `"descripton":`\n- Place: `dga_1000_1.0_model.json:1:49157`\n- Says: Did you mean `description`?\n\n## Passes\n\n### The example\n\n- Base: `examples/ML-DGA-20261122-2`\n\n### A field that Elasticsearch knows\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/model_type` = `"tree_ensemble"`\n',"model-field-missing":'# model-field-missing \xB7 error\n\nA model lacks a field that Elasticsearch requires, or it cannot be used.\n\nA model has `inference_config` with one kind of inference, `input.field_names` with one field at least (no part between dots is empty), and exactly one of `definition` and `compressed_definition`, which has a `trained_model`. Only a model whose `model_type` is `pytorch` or `lang_ident` may come without a definition.\n\n## Why it matters\n\nElasticsearch refuses the model when it is created (`TrainedModelConfig.Builder.validate`), which is after the release was published.\n\n## How to mend it\n\nExport the model again, with its definition and its configuration.\n\n## Fails\n\n### No inference_config\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/inference_config` removed\n- Place: `dga_1000_1.0_model.json:1:1`\n- Says: The model has no `inference_config`.\n\n### No input fields\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/input/field_names` = `[]`\n- Place: `dga_1000_1.0_model.json:1:49447`\n\n### A field name that is none\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/input/field_names/0` = `"dns..length"`\n- Place: `dga_1000_1.0_model.json:1:49448`\n- Says: `dns..length` is no field name\n\n### No definition\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition` removed\n- Place: `dga_1000_1.0_model.json:1:1`\n\n### Two definitions\n\n- Base: `examples/ML-DGA-20261122-2`\n- Copy: `__tests__/fixtures/models/compressed_model.json` as `dga_1000_1.0_model.json`\n- Patch: `dga_1000_1.0_model.json` `/definition` = `{"trained_model": {"tree": {"feature_names": [], "tree_structure": [{"leaf_value": 0.5}]}}}`\n- Place: `dga_1000_1.0_model.json:1:26`\n- Says: Elasticsearch takes one\n\n## Passes\n\n### The definition as it is\n\n- Base: `examples/ML-DGA-20261122-2`\n\n### The definition compressed\n\n- Base: `examples/ML-DGA-20261122-2`\n- Copy: `__tests__/fixtures/models/compressed_model.json` as `dga_1000_1.0_model.json`\n',"model-too-large":`# model-too-large \xB7 warning

A model is larger than a stack takes by default.

A model is created by one request. A stack takes 100 MB in a request unless it is told otherwise (\`http.max_content_length\`); the limit is \`model-bytes\` in the configuration.

## Why it matters

A larger one is answered with 413 at deployment, on every stack that was not prepared for it.

## How to mend it

Write the definition compressed (\`compressed_definition\`, a fraction of the size), train fewer or smaller trees, or raise \`http.max_content_length\` on the stacks and \`model-bytes\` here.

## Fails

- Base: \`examples/ML-DGA-20261122-2\`
- Limit: \`modelBytes\` = \`49696\`
- Place: \`dga_1000_1.0_model.json\`
- Says: has 49697 bytes

## Passes

### At the limit

- Base: \`examples/ML-DGA-20261122-2\`
- Limit: \`modelBytes\` = \`49697\`

### Below it

- Base: \`examples/ML-DGA-20261122-2\`
`,"model-type-unsupported":'# model-type-unsupported \xB7 error\n\nA trained model is of a type that is not supported.\n\n`trained_model` is an object with one key: `tree` or `ensemble`. The models of an ensemble are trees, and its `aggregate_output` is one of `weighted_sum`, `weighted_mode`, `logistic_regression`, `exponent`.\n\n## Why it matters\n\nWhat is released is proven offline first: trees and ensembles of trees can be. Elasticsearch knows a neural network for languages too, and engines disagree about the order of features in an ensemble within an ensemble.\n\n## How to mend it\n\nUse a tree, or an ensemble of trees.\n\n## Fails\n\n### Another type of model\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model` = `{"lang_ident_neural_network": {}}`\n- Place: `dga_1000_1.0_model.json:1:19933`\n- Says: `lang_ident_neural_network`\n\n### An ensemble within an ensemble\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/trained_models/1` = `{"ensemble": {"trained_models": []}}`\n- Place: `dga_1000_1.0_model.json:1:22280`\n- Says: `/definition/trained_model/ensemble/trained_models/1/ensemble`\n\n### An aggregator nobody knows\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/aggregate_output` = `{"median": {}}`\n- Place: `dga_1000_1.0_model.json:1:19965`\n\n## Passes\n\n### An ensemble\n\n- Base: `examples/ML-DGA-20261122-2`\n\n### A single tree\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model` = `{"tree": {"feature_names": [], "tree_structure": [{"leaf_value": 0.5}]}}`\n',"tree-child-out-of-range":"# tree-child-out-of-range \xB7 error\n\nA node of a tree has a child that does not exist.\n\n`left_child` and `right_child` are positions in `tree_structure`, counted from 0: whole numbers from 0 to one less than the number of nodes.\n\n## Why it matters\n\nElasticsearch refuses the model when it is created (`Tree.detectMissingNodes`). A cut or merged file looks like this.\n\n## How to mend it\n\nExport the model again; a tree is not mended by hand.\n\n## Fails\n\n### Past the end\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/0/left_child` = `99`\n- Place: `dga_1000_1.0_model.json:1:20810`\n- Says: Node 0 has the number 99 for its `left_child`; the tree has 15 nodes, 0 to 14.\n- Says: `/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/0/left_child`\n\n### Below zero\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/0/right_child` = `-1`\n- Place: `dga_1000_1.0_model.json:1:20864`\n\n### No whole number\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/0/right_child` = `8.5`\n- Place: `dga_1000_1.0_model.json:1:20864`\n\n## Passes\n\n- Base: `examples/ML-DGA-20261122-2`\n","tree-cycle":`# tree-cycle \xB7 error

A node of a tree has two parents, or leads back to itself.

The children are followed from the root. A child that was reached before is reported at the second way to it, and the message names the first.

## Why it matters

Elasticsearch refuses both when the model is created (\`Tree.detectCycle\`). An engine that does not would never come to an end.

## How to mend it

Export the model again; a tree is not mended by hand.

## Fails

### Back to the root

- Base: \`examples/ML-DGA-20261122-2\`
- Patch: \`dga_1000_1.0_model.json\` \`/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/3/left_child\` = \`0\`
- Place: \`dga_1000_1.0_model.json:1:21175\`
- Says: Node 3 has node 0 for its \`left_child\`, which is the root.

### Two parents

- Base: \`examples/ML-DGA-20261122-2\`
- Patch: \`dga_1000_1.0_model.json\` \`/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/5/right_child\` = \`6\`
- Place: \`dga_1000_1.0_model.json:1:21441\`
- Says: which is a child of node 5 already

## Passes

- Base: \`examples/ML-DGA-20261122-2\`
`,"tree-feature-out-of-range":`# tree-feature-out-of-range \xB7 error

A node of a tree splits by a feature that does not exist.

\`split_feature\` is a position in the \`feature_names\` of the tree itself, not in those of the ensemble: a whole number from 0 to one less than their number. A tree without \`feature_names\` is reported once.

## Why it matters

Elasticsearch refuses the model when it is created (\`Tree.validate\`). Features that were dropped after training look like this.

## How to mend it

Export the model again; a tree is not mended by hand.

## Fails

### Past the end

- Base: \`examples/ML-DGA-20261122-2\`
- Patch: \`dga_1000_1.0_model.json\` \`/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/0/split_feature\` = \`16\`
- Place: \`dga_1000_1.0_model.json:1:20882\`
- Says: Node 0 splits by the number 16; the tree has 16 features, 0 to 15.

### No feature names

- Base: \`examples/ML-DGA-20261122-2\`
- Patch: \`dga_1000_1.0_model.json\` \`/definition/trained_model/ensemble/trained_models/0/tree/feature_names\` removed
- Place: \`dga_1000_1.0_model.json:1:20393\`
- Says: The tree has no \`feature_names\`.

## Passes

- Base: \`examples/ML-DGA-20261122-2\`
`,"tree-node-incomplete":"# tree-node-incomplete \xB7 error\n\nA node of a tree is neither a whole split nor a leaf.\n\nA split has `left_child`, `right_child`, `split_feature` and a threshold; a leaf has `leaf_value`. Where a node has `node_index`, it is its position in `tree_structure`. A tree has one node at least.\n\n## Why it matters\n\nElasticsearch refuses most of these when the model is created (`TreeNode.Builder.validate`), and falls over the others when a document comes by (a split without `right_child`).\n\n## How to mend it\n\nExport the model again; a tree is not mended by hand.\n\n## Fails\n\n### A leaf without a value\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/2/leaf_value` removed\n- Place: `dga_1000_1.0_model.json:1:21069`\n- Says: Node 2 is neither a split\n\n### A split without its right child\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/13/left_child` = `14`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/13/split_feature` = `0`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/13/threshold` = `0.5`\n- Place: `dga_1000_1.0_model.json:1:22175`\n- Also: `tree-cycle`\n- Says: has no `right_child`\n\n### A node in another place\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/2/node_index` = `3`\n- Place: `dga_1000_1.0_model.json:1:21116`\n- Says: The node at position 2 has the number 3 for its `node_index`\n\n### A tree without nodes\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/trained_models/0/tree/tree_structure` = `[]`\n- Place: `dga_1000_1.0_model.json:1:20753`\n\n## Passes\n\n- Base: `examples/ML-DGA-20261122-2`\n","tree-number-not-finite":`# tree-number-not-finite \xB7 error

A threshold, leaf value or weight of a model is not a finite number.

Thresholds, leaf values (a number, or an array of numbers) and weights are finite numbers. A number too large for a double, such as \`1e999\`, is infinite once it is read.

## Why it matters

One value that is no number turns the sum over all trees into NaN, and the model rates every document alike.

## How to mend it

Export the model again; a tree is not mended by hand.

## Fails

### A text

- Base: \`examples/ML-DGA-20261122-2\`
- Patch: \`dga_1000_1.0_model.json\` \`/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/2/leaf_value\` = \`"-0.55"\`
- Place: \`dga_1000_1.0_model.json:1:21083\`
- Says: \`leaf_value\` of node 2 must be a finite number

### No threshold

- Base: \`examples/ML-DGA-20261122-2\`
- Patch: \`dga_1000_1.0_model.json\` \`/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/0/threshold\` removed
- Place: \`dga_1000_1.0_model.json:1:20754\`
- Says: Node 0 is a split, and has no \`threshold\`.

### Too large for a double

- Base: \`examples/ML-DGA-20261122-2\`
- Patch: \`dga_1000_1.0_model.json\` \`/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/0/threshold\` = \`1e999\`
- Place: \`dga_1000_1.0_model.json:1:20897\`
- Says: the number Infinity
- Also: \`json-number-range\`

## Passes

- Base: \`examples/ML-DGA-20261122-2\`
`,"tree-weights-length":'# tree-weights-length \xB7 error\n\nWeights or leaf values of a model are more or fewer than they must be.\n\nThe weights of `aggregate_output` are as many as the trees, `classification_weights` as many as `classification_labels`, and all leaves of a model hold as many values as its first leaf.\n\n## Why it matters\n\nElasticsearch refuses the model when it is created (`Ensemble.validate`, `Tree.validate`). A tree added or dropped after training looks like this.\n\n## How to mend it\n\nExport the model again; a tree is not mended by hand.\n\n## Fails\n\n### Two weights for fifteen trees\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/aggregate_output/logistic_regression` = `{"weights": [1, 1]}`\n- Place: `dga_1000_1.0_model.json:1:19999`\n- Says: There are 2 weights for 15 trees.\n\n### Three weights for two classes\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/classification_weights` = `[1, 1, 1]`\n- Place: `dga_1000_1.0_model.json:1:49180`\n- Says: There are 3 weights for 2 labels.\n\n### A leaf of two values\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/4/leaf_value` = `[0.1, 0.9]`\n- Place: `dga_1000_1.0_model.json:1:21295`\n- Says: Leaf 4 has 2 values, and the first leaf of the model has 1.\n\n## Passes\n\n### No weights\n\n- Base: `examples/ML-DGA-20261122-2`\n\n### A weight for each tree\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/aggregate_output/logistic_regression` = `{"weights": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}`\n',"script-malformed":`# script-malformed \xB7 error

A script file is no stored script.

A script file is the body of \`PUT _scripts/<id>\`: \`{"script": {"lang": "painless", "source": "\u2026"}}\`, with a source that is not blank. Ingest pipelines run painless only.

## Why it matters

Elasticsearch refuses the script when it is stored, and every pipeline that calls it with it.

## How to mend it

Write the file in that form. Kibana's Dev Tools show a source in triple quotes, which is no JSON: convert it to one string.

## Fails

### No source

- Base: \`examples/ML-DGA-20261122-2\`
- Patch: \`dga_1000_1.0_ngrams_create.json\` \`/script/source\` removed
- Place: \`dga_1000_1.0_ngrams_create.json:2:13\`
- Says: The script has no \`source\`.

### Another language

- Base: \`examples/ML-DGA-20261122-2\`
- Patch: \`dga_1000_1.0_ngrams_create.json\` \`/script/lang\` = \`"mustache"\`
- Place: \`dga_1000_1.0_ngrams_create.json:3:13\`
- Also: \`pipeline-script-not-known\`

### The script without its wrapper

- Base: \`examples/ML-DGA-20261122-2\`
\`\`\`json dga_1000_1.0_ngrams_create.json
{ "lang": "painless", "source": "ctx.x = 1" }
\`\`\`
- Place: \`dga_1000_1.0_ngrams_create.json:1:1\`
- Says: The file has no \`script\`.

## Passes

- Base: \`examples/ML-DGA-20261122-2\`
`,"pipeline-malformed":'# pipeline-malformed \xB7 error\n\nA pipeline file is no ingest pipeline.\n\nA pipeline file is the body of `PUT _ingest/pipeline/<id>`: an object with `processors`, a list that is not empty. A processor is an object of one key, its type; `on_failure`, of the pipeline or of a processor, is such a list too; `foreach` holds one processor.\n\n## Why it matters\n\nElasticsearch refuses the pipeline when it is stored. An object of two keys it takes for two processors, in an order that nobody wrote.\n\n## How to mend it\n\nWrite one object for each processor.\n\n## Fails\n\n### No processors\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors` = `[]`\n- Place: `dga_1000_1.0_ingest_pipeline1.json:3:17`\n- Also: `pipeline-not-called`\n- Says: Here must stand a list of processors, and here is an empty array.\n\n### Two processors in one object\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors/0/remove` = `{"field": "message"}`\n- Place: `dga_1000_1.0_ingest_pipeline1.json:4:5`\n- Says: an object of 2 keys\n\n### A foreach of nothing\n\n- Base: `examples/ML-DGA-20261122-2`\n- Patch: `dga_1000_1.0_ingest_pipeline2.json` `/on_failure/0` = `{"foreach": {"field": "tags"}}`\n- Place: `dga_1000_1.0_ingest_pipeline2.json:4:17`\n- Says: `foreach` has no `processor`.\n\n## Passes\n\n- Base: `examples/ML-DGA-20261122-2`\n',"test-document-malformed":'# test-document-malformed \xB7 error\n\nA file of test documents is none, or has none beside it.\n\n`_dev/test/<name>.json` holds documents, and `_dev/test/<name>-expected.json` what the pipelines are to make of them: as many, in the same order. Each is a list of events, or `{"docs": [{"_source": \u2026}]}`. The first may name its `pipeline` by the id that the bundle gives it, where no single one is called by no other; the second may name under `volatile` what is another value with every run. `null` stands for a document that is dropped. No other key is known.\n\n## Why it matters\n\nA test that is not read proves nothing, and nobody notices that it is missing.\n\n## How to mend it\n\nCorrect the place named, or put the other file beside it. See [test documents](../recipes/test-documents.md).\n\n## Fails\n\n### as many are to come out as go in\n\n- Place: `_dev/test/dns-expected.json:1:1`\n- Says: `_dev/test/dns.json` has 2 documents, and here are 1.\n\n```json _dev/test/dns.json\n[{ "dns": { "question": { "registered_domain": "elastic.co" } } }, { "message": "no question" }]\n```\n\n```json _dev/test/dns-expected.json\n[{ "message": "no question" }]\n```\n\n### a document is an object\n\n- Place: `_dev/test/dns.json:1:10`\n- Says: A document is an object, and this is the string `"elastic.co"`.\n\n```json _dev/test/dns.json\n{"docs":["elastic.co"]}\n```\n\n```json _dev/test/dns-expected.json\n[null]\n```\n\n### a pipeline of the bundle\n\n- Place: `_dev/test/dns.json:1:28`\n- Says: `pipeline` is the string `"dns_pipeline"`, and the bundle has `dns_enrich_pipeline`, `dns_dga_inference_enrich_pipeline`.\n\n```json _dev/test/dns.json\n{"docs": [{}], "pipeline": "dns_pipeline"}\n```\n\n```json _dev/test/dns-expected.json\n[{}]\n```\n\n### alone\n\n- Place: `_dev/test/dns.json`\n- Says: There is no `_dev/test/dns-expected.json` beside it.\n\n```json _dev/test/dns.json\n[{}]\n```\n\n## Passes\n\n```json _dev/test/dns.json\n{\n  "pipeline": "dns_enrich_pipeline",\n  "docs": [{ "_index": "logs-dns", "_source": { "message": "no question" } }]\n}\n```\n\n```json _dev/test/dns-expected.json\n{\n  "docs": [{ "_source": { "message": "no question" } }],\n  "volatile": ["/event/ingested"]\n}\n```\n',"pipeline-simulate":`# pipeline-simulate \xB7 error

A test document comes out of the pipelines otherwise than expected.

The documents of \`_dev/test/*.json\` went through the bundle's pipelines by \`_simulate\` on a stack, and what came out is compared with \`*-expected.json\`, member by member. \`/event/ingested\`, what the test names under \`volatile\`, and what stands outside of \`_source\` (\`_ingest\`) are not. Without a stack (\`validate --elasticsearch-url\`) the check is skipped; \`deploy\` sends the documents before the switch in any case.

## Why it matters

Nothing but a stack knows what its processors make of a document. What differs here differs in every document from then on.

## How to mend it

Mend the pipeline, or what is expected; name under \`volatile\` what is another value with every run.

## Fails

### another value, one that is missing, and one that nobody expects

- Place: \`_dev/test/dns-expected.json:2:43\`
- Says: Document 1 of \`_dev/test/dns.json\`: \`/ml_is_dga/malicious_prediction\` is the number 0; expected is the number 1.

\`\`\`json _dev/test/dns.json
[{ "dns": { "question": { "registered_domain": "elastic.co" } } }]
\`\`\`

\`\`\`json _dev/test/dns-expected.json
[{ "dns": { "question": { "registered_domain": "elastic.co" } },
   "ml_is_dga": { "malicious_prediction": 1 } }]
\`\`\`

\`\`\`json answers
[{
  "file": "_dev/test/dns.json",
  "answers": [{
    "doc": {
      "_source": {
        "dns": { "question": { "registered_domain": "elastic.co" } },
        "ml_is_dga": { "malicious_prediction": 0 }
      }
    }
  }]
}]
\`\`\`

### a document that no pipeline takes

- Place: \`_dev/test/dns-expected.json:1:2\`
- Says: Document 1 of \`_dev/test/dns.json\` fails: illegal_argument_exception: field [dns] not present.

\`\`\`json _dev/test/dns.json
[{}]
\`\`\`

\`\`\`json _dev/test/dns-expected.json
[{}]
\`\`\`

\`\`\`json answers
[{
  "file": "_dev/test/dns.json",
  "answers": [{ "error": { "type": "illegal_argument_exception", "reason": "field [dns] not present" } }]
}]
\`\`\`

## Passes

\`\`\`json _dev/test/dns.json
[{ "message": "a" }, { "message": "b" }]
\`\`\`

\`\`\`json _dev/test/dns-expected.json
{
  "docs": [{ "_source": { "message": "a", "seen": "any" } }, null],
  "volatile": ["/seen"]
}
\`\`\`

\`\`\`json answers
[{
  "file": "_dev/test/dns.json",
  "answers": [
    { "doc": { "_source": { "message": "a", "seen": "now", "event": { "ingested": "now" } }, "_ingest": { "timestamp": "now" } } },
    null
  ]
}]
\`\`\`
`,"transform-malformed":"# transform-malformed \xB7 error\n\nA transform file is no transform.\n\nA transform file is the body of `PUT _transform/<id>`, its name the id: an object with `source.index`, `dest.index`, and either a `pivot` with `group_by` and `aggregations` or a `latest` with `unique_key` and `sort`. Other members than Elasticsearch knows are refused, and so is an id that is no lower-case name of at most 64 characters.\n\n## Why it matters\n\nElasticsearch refuses the transform when it is stored, in the middle of a deployment.\n\n## How to mend it\n\nWrite the member that the message names, or take the one out that is none.\n\n## Fails\n\n### Neither a pivot nor a latest\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Patch: `ml_hostriskscore_latest_transform.json` `/latest` removed\n- Place: `ml_hostriskscore_latest_transform.json:1:1`\n- Says: this one has neither\n\n### No destination\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Patch: `ml_hostriskscore_latest_transform.json` `/dest` = `{}`\n- Place: `ml_hostriskscore_latest_transform.json:8:11`\n- Says: `dest` has no `index`.\n\n### A pivot without aggregations\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Patch: `ml_hostriskscore_pivot_transform.json` `/pivot/aggregations` removed\n- Says: `pivot` has no `aggregations`.\n\n### A member that no server knows\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Patch: `ml_hostriskscore_latest_transform.json` `/start` = `true`\n- Says: `start` is no member.\n\n### A file name that gives no id\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Copy: `examples/ML-HostRiskScore-20261122-1/ml_hostriskscore_latest_transform.json` to `ML_Host_transform.json`\n- Also: `definition-duplicate`\n- Says: which Elasticsearch refuses\n\n## Passes\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n","enrich-policy-malformed":"# enrich-policy-malformed \xB7 error\n\nA file of an enrich policy is none.\n\nA file of an enrich policy is the body of `PUT _enrich/policy/<name>`, its name the policy's: an object of one key, `match`, `geo_match` or `range`, with `indices`, `match_field` and `enrich_fields`, and with a `query` where not every document counts.\n\n## Why it matters\n\nElasticsearch refuses the policy when it is stored, in the middle of a deployment; the pipelines that use it cannot be stored then.\n\n## How to mend it\n\nWrite the member that the message names; keep the name of the file in lower case.\n\n## Fails\n\n### Two sorts in one\n\n- Base: `examples/ML-URLSpoof-20261122-1`\n- Patch: `url_spoofing_enrichment_policy.json` `/range` = `{}`\n- Place: `url_spoofing_enrichment_policy.json:1:1`\n- Says: this one has `match`, `range`\n\n### Nothing to copy\n\n- Base: `examples/ML-URLSpoof-20261122-1`\n- Patch: `url_spoofing_enrichment_policy.json` `/match/enrich_fields` = `[]`\n- Says: `enrich_fields` must be a list of texts, and is an empty array.\n\n### No field to match\n\n- Base: `examples/ML-URLSpoof-20261122-1`\n- Patch: `url_spoofing_enrichment_policy.json` `/match/match_field` removed\n- Says: `match` has no `match_field`.\n\n### A name in upper case\n\n- Base: `examples/ML-URLSpoof-20261122-1`\n- Copy: `examples/ML-URLSpoof-20261122-1/url_spoofing_enrichment_policy.json` to `Indicators_policy.json`\n- Says: it holds upper-case letters\n\n## Passes\n\n- Base: `examples/ML-URLSpoof-20261122-1`\n","saved-object-malformed":'# saved-object-malformed \xB7 error\n\nA line of an ndjson file is no saved object.\n\nA file of saved objects is what Kibana exports: one object a line, each with `type`, `id`, `attributes`, and `references` of `type`, `id` and `name`; the last line of an export counts them. A line that is not JSON is `json-syntax`, at that line.\n\n## Why it matters\n\nKibana refuses the file, or takes an object that shows nothing.\n\n## How to mend it\n\nExport the objects again: Stack Management, Saved Objects, Export.\n\n## Fails\n\n### A line without attributes\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Replace: `ml_hostriskscore_dashboards.ndjson` `"attributes":{"title":"ml_host_risk_score_latest_default","timeFieldName":"@timestamp"},` \u2192 `"attributes":[],`\n- Place: `ml_hostriskscore_dashboards.ndjson:1:1`\n- Says: `attributes` must be an object, and is an empty array.\n\n### A reference without a name\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Replace: `ml_hostriskscore_dashboards.ndjson` `,"name":"1:panel_1"` \u2192 ` `\n- Place: `ml_hostriskscore_dashboards.ndjson:3:1`\n- Says: The reference 1 has no `name`.\n\n### Nothing but the count\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n\n```json ml_hostriskscore_dashboards.ndjson\n{"exportedCount":0}\n```\n\n- Says: The file holds no saved object.\n\n## Passes\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n',"rule-field-missing":"# rule-field-missing \xB7 error\n\nA rule lacks a field that it cannot do without.\n\nA rule file has a table `[rule]` with `name`, `rule_id` and `type`. A machine-learning rule has `anomaly_threshold` and `machine_learning_job_id`, a saved query `saved_id`, every other type `query`.\n\n## Why it matters\n\nKibana refuses the rule on import, and elastic/detection-rules when it reads it: by then the release is published.\n\n## How to mend it\n\nAdd the field to the table `[rule]`.\n\n## Fails\n\n### No rule_id\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `rule_id = ` \u2192 `id = `\n- Place: `experimental_dns_request_predicted_dga.toml:6:1`\n- Says: The rule has no `rule_id`.\n\n### A machine-learning rule without its threshold\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_ml_high_sum_dga_probability.toml` `anomaly_threshold = 70` \u2192 `anomaly_treshold = 70`\n- Place: `experimental_ml_high_sum_dga_probability.toml:6:1`\n- Says: Is `anomaly_treshold` meant? Call it `anomaly_threshold`.\n\n### No table\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `[rule]` \u2192 `[rules]`\n- Place: `experimental_dns_request_predicted_dga.toml:1:1`\n- Says: The file has no table `[rule]`.\n\n## Passes\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n","rule-field-type":'# rule-field-type \xB7 error\n\nA field of a rule holds a value that it cannot have.\n\n`name`, `rule_id`, `query` and `saved_id` are texts that are not blank; `type` is one of Kibana\'s eight types of rule; `anomaly_threshold` is a whole number from 0 to 100; `machine_learning_job_id` is a job name, or a list of them.\n\n## Why it matters\n\nKibana refuses the rule on import. No anomaly scores above 100: a rule with a higher threshold would never fire.\n\n## How to mend it\n\nWrite a value of the type that the message names.\n\n## Fails\n\n### A threshold above 100\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_ml_high_sum_dga_probability.toml` `anomaly_threshold = 70` \u2192 `anomaly_threshold = 700`\n- Place: `experimental_ml_high_sum_dga_probability.toml:16:21`\n- Says: `anomaly_threshold` must be a whole number from 0 to 100, and is the number 700.\n\n### A type nobody knows\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `type = "query"` \u2192 `type = "qeury"`\n- Place: `experimental_dns_request_predicted_dga.toml:10:8`\n- Says: Did you mean `query`?\n\n### An empty list of jobs\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_ml_high_sum_dga_probability.toml` `machine_learning_job_id = "experimental-high-sum-dga-probability"` \u2192 `machine_learning_job_id = []`\n- Place: `experimental_ml_high_sum_dga_probability.toml:15:27`\n\n## Passes\n\n### One job\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n\n### A list of jobs\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_ml_high_sum_dga_probability.toml` `machine_learning_job_id = "experimental-high-sum-dga-probability"` \u2192 `machine_learning_job_id = ["experimental-high-sum-dga-probability", "experimental-rare-dga-domain"]`\n',"rule-id-invalid":"# rule-id-invalid \xB7 warning\n\nThe rule_id of a rule is no UUID.\n\n`rule_id` is a UUID: 32 hexadecimal digits in five groups. What is no text at all is the matter of `rule-field-type`.\n\n## Why it matters\n\nThe id tells a rule apart from all others wherever it is imported: a made-up one may overwrite a rule of somebody else. elastic/detection-rules refuses anything but a UUID; Kibana takes any text, so it is a warning.\n\n## How to mend it\n\nGive the rule a fresh UUID once (`uuidgen`), and keep it in all later releases.\n\n## Fails\n\n### A name\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `0f6a6a52-2f0c-4a0c-9d2e-3a6f9c1f1a02` \u2192 `predicted-dga`\n- Place: `experimental_dns_request_predicted_dga.toml:12:11`\n- Says: `rule_id` `predicted-dga` is no UUID\n\n### A digit too few\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `0f6a6a52-2f0c-4a0c-9d2e-3a6f9c1f1a02` \u2192 `0f6a6a52-2f0c-4a0c-9d2e-3a6f9c1f1a0`\n- Place: `experimental_dns_request_predicted_dga.toml:12:11`\n\n## Passes\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n","reference-unresolved":`# reference-unresolved \xB7 error

An id is used that nothing in the bundle defines.

Pipelines name scripts and other pipelines, rules name jobs, datafeeds name their job. An id is unresolved when it is used in a file and no file of the bundle defines it. Only what the kind can define counts: an enrich policy of your cluster is none of its business. Models have a check of their own, \`pipeline-unknown-model\`. Where a file that could define the id is missing or cannot be read, the check is skipped with that reason.

## Why it matters

Elasticsearch and Kibana take such files without a word and fail later: the pipeline on its first document, the rule on its first run. Four rules that Elastic shipped could not run because their job was spelt with \`_\` in one place and \`-\` in the other ([kibana#102146](https://github.com/elastic/kibana/issues/102146)); another pointed at a job that was never in the package ([integrations#3738](https://github.com/elastic/integrations/issues/3738)).

## How to mend it

Correct the id; the help names the one that was most likely meant. Or add the file that defines it.

## Fails

### A script

- Patch: \`dga_1000_1.0_ingest_pipeline2.json\` \`/processors/0/script/id\` = \`"dga_ngram_create"\`
- Place: \`dga_1000_1.0_ingest_pipeline2.json:14:15\`
- Says: Script \`dga_ngram_create\` is used here, and nothing in the bundle defines it.
- Says: Did you mean \`dga_ngrams_create\` (dga_1000_1.0_ngrams_create.json)?

### A pipeline, inside a foreach

- Place: \`dga_1000_1.0_ingest_pipeline1.json:7:33\`
- Says: Pipeline \`dns_inference\` is used here

\`\`\`json dga_1000_1.0_ingest_pipeline1.json
{
  "processors": [
    {
      "foreach": {
        "field": "dns.answers",
        "processor": {
          "pipeline": { "name": "dns_inference" }
        }
      }
    },
    { "pipeline": { "name": "dns_dga_inference_enrich_pipeline" } }
  ]
}
\`\`\`

### The job of a rule

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_ml_high_sum_dga_probability.toml\` \`machine_learning_job_id = "experimental-high-sum-dga-probability"\` \u2192 \`machine_learning_job_id = ["experimental_high_sum_dga_probability"]\`
- Place: \`experimental_ml_high_sum_dga_probability.toml:15:28\`
- Says: Did you mean \`experimental-high-sum-dga-probability\` (experimental-high-sum-dga-probability.json)?

### The job of a datafeed

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Patch: \`datafeed-experimental-high-sum-dga-probability.json\` \`/body/job_id\` = \`"high-sum"\`
- Place: \`datafeed-experimental-high-sum-dga-probability.json:7:15\`

## Passes

### All there

- Base: \`examples/ML-experimental-detections-20261122-1\`

### What the kind cannot define belongs to the target

- Patch: \`dga_1000_1.0_ingest_pipeline1.json\` \`/processors/0\` = \`{ "enrich": { "policy_name": "assets", "field": "host.ip", "target_field": "asset" } }\`
- Patch: \`dga_1000_1.0_ingest_pipeline1.json\` \`/on_failure\` = \`[{ "pipeline": { "name": "dns_dga_inference_enrich_pipeline" } }]\`
- Also: \`pipeline-forbidden-processor\`
`,"definition-duplicate":`# definition-duplicate \xB7 error

An id is defined twice in the bundle.

Two places in the bundle define one id: two rules of one name or one \`rule_id\`, two jobs of one name. The second in order of file names is reported, the first is named in the message; which of the two is wrong only you know.

## Why it matters

The second takes the place of the first, or is refused, depending on who uploads it and in which order. The tool that published detections in 2020 never looked.

## How to mend it

Give one of them another id, or remove it. A rule that was made by copying another one needs a new \`rule_id\`.

## Fails

### Two rules of one name

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_high_dga_probability.toml\` \`Experimental: DNS Request with High DGA Probability\` \u2192 \`Experimental: DNS Request to a Domain Predicted as Generated\`
- Place: \`experimental_dns_request_predicted_dga.toml:9:8\`
- Says: is defined by \`experimental_dns_request_high_dga_probability.toml\` already

### Two jobs of one name

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Patch: \`experimental-rare-dga-domain.json\` \`/name\` = \`"experimental-high-sum-dga-probability"\`
- Place: \`experimental-rare-dga-domain.json:30:11\`

## Passes

A datafeed may have the name of its job: they are two kinds of objects.

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Patch: \`datafeed-experimental-high-sum-dga-probability.json\` \`/name\` = \`"experimental-high-sum-dga-probability"\`
`,"definition-unused":`# definition-unused \xB7 note

Nothing in the bundle uses what a file defines.

A file defines an id that nothing else in the bundle uses. What is meant to be used from outside is left out: the outer pipeline, rules, datafeeds, analytics jobs. Where a file that could use it cannot be read, or a use that may mean it is unresolved, the check is skipped with that reason.

## Why it matters

Either it is a leftover that people will install and wonder about, or the place that should use it has another id.

## How to mend it

Remove the file, or correct the id where it is meant to be used. A job that analysts look at without a rule or a datafeed is fine: it is a note.

## Fails

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Place: \`experimental-rare-dga-domain.json:30:11\`
- Says: Nothing in the bundle uses the job \`experimental-rare-dga-domain\`

## Passes

### Everything is used

- Base: \`examples/ML-DGA-20261122-2\`

### A model that is called by its alias

- Patch: \`dga_1000_1.0_model.json\` \`/metadata/aliases\` = \`["dga_current"]\`
- Replace: \`dga_1000_1.0_ingest_pipeline2.json\` \`"dga_1000_1.0"\` \u2192 \`"dga_current"\`
`,"model-id-mismatch":'# model-id-mismatch \xB7 error\n\nThe model_id inside a model is not the id that its file name gives.\n\nThe id of a model comes from its file name: `dga_1000_1.0_model.json` is `dga_1000_1.0`. Where the body has a `model_id` too, it is the same. A body without one is fine.\n\n## Why it matters\n\nElasticsearch refuses a body whose `model_id` is not the one it is uploaded under ("inconsistent id"). The historic tool ignored the field, so a model renamed by hand was found out on deployment only.\n\n## How to mend it\n\nWrite the same id in both. Pipelines use the one that the file name gives.\n\n## Fails\n\n- Patch: `dga_1000_1.0_model.json` `/model_id` = `"dga_2000_1.0"`\n- Place: `dga_1000_1.0_model.json:1:49667`\n- Says: `model_id` is `dga_2000_1.0`; the file name gives `dga_1000_1.0`.\n\n## Passes\n\n- Patch: `dga_1000_1.0_model.json` `/model_id` removed\n',"pipeline-unknown-model":'# pipeline-unknown-model \xB7 error\n\nA pipeline asks for a model that the bundle does not bring.\n\nAn `inference` processor names a model that is not in the bundle: neither the id that the file name gives, nor an alias that the model declares in `metadata.aliases`. A kind whose bundles bring no model has none to ask for. `scan`, which sees a file without its bundle, goes by the file\'s name: `dga_7_ingest_pipeline2.json` may ask for `dga_7`.\n\n## Why it matters\n\nThe pipeline then scores with whatever model of that id the cluster has, most often the one before, which was trained on other inputs; or it fails on every document. The historic tool never compared the two.\n\n## How to mend it\n\nName the model of this bundle. To let pipelines name something that stays, declare an alias.\n\n## Fails\n\n- Replace: `dga_1000_1.0_ingest_pipeline2.json` `"dga_1000_1.0"` \u2192 `"dga_999_1.0"`\n- Place: `dga_1000_1.0_ingest_pipeline2.json:49:21`\n- Says: The model `dga_999_1.0` is not in the bundle, which brings `dga_1000_1.0`.\n\n## Passes\n\n- Patch: `dga_1000_1.0_model.json` `/metadata/aliases` = `["dga_current"]`\n- Replace: `dga_1000_1.0_ingest_pipeline2.json` `"dga_1000_1.0"` \u2192 `"dga_current"`\n',"pipeline-not-called":'# pipeline-not-called \xB7 error\n\nThe outer pipeline never calls the inference pipeline.\n\nIn `ml-dga` documents enter by the outer pipeline (`\u2026_ingest_pipeline1.json`), which calls the inference pipeline (`\u2026_ingest_pipeline2.json`). Here it calls no pipeline at all. A call of a pipeline that does not exist is `reference-unresolved`.\n\n## Why it matters\n\nNothing fails: documents pass, the model never sees one, and no alert is ever raised.\n\n## How to mend it\n\nAdd a `pipeline` processor with the name of the inference pipeline.\n\n## Fails\n\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors/0` = `{ "set": { "field": "event.kind", "value": "enrichment" } }`\n- Place: `dga_1000_1.0_ingest_pipeline1.json:3:17`\n- Says: `dns_enrich_pipeline` calls no pipeline; the model is behind `dns_dga_inference_enrich_pipeline`.\n\n## Passes\n\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors/0` = `{ "foreach": { "field": "dns.answers", "processor": { "pipeline": { "name": "dns_dga_inference_enrich_pipeline" } } } }`\n',"rule-note-without-job":"# rule-note-without-job \xB7 note\n\nThe note of a machine-learning rule does not name its job.\n\nA rule of type `machine_learning` reads the results of a job. Neither its `note` nor its `setup` holds the name of that job.\n\n## Why it matters\n\nSuch a rule raises nothing until its job is installed and running, and Kibana enables it all the same ([kibana#126723](https://github.com/elastic/kibana/issues/126723)). The note is where an analyst looks first.\n\n## How to mend it\n\nSay in `note` or `setup` which job has to run, by its name.\n\n## Fails\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_ml_high_sum_dga_probability.toml` ``job `experimental-high-sum-dga-probability` and`` \u2192 `job and`\n- Place: `experimental_ml_high_sum_dga_probability.toml:23:8`\n\n## Passes\n\n### Named in the note\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n\n### Rules of other types have no job\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Remove: `experimental_ml_high_sum_dga_probability.toml`\n","pipeline-forbidden-processor":'# pipeline-forbidden-processor \xB7 error\n\nA pipeline uses a processor that a bundle may not bring.\n\nProcessors are judged by a list of what is allowed, wherever they stand: in `processors`, in `on_failure` of the pipeline or of a processor, inside `foreach`. What is on neither list below is refused too, since nobody has looked at it.\n\n| allowed | because it |\n|---|---|\n| `append` | adds values to a field that the pipeline names |\n| `bytes` | turns a size into a number |\n| `community_id` | makes a hash of the addresses and ports of a flow |\n| `convert` | changes the type of a value |\n| `date` | reads a date |\n| `enrich` | copies fields by an enrich policy of the same bundle |\n| `fingerprint` | makes a hash of fields |\n| `foreach` | applies one processor to each element; that one is looked at itself |\n| `html_strip` | removes tags from a text |\n| `inference` | asks a model; `pipeline-unknown-model` says which |\n| `join` | joins an array to a text |\n| `json` | reads a text as JSON into one field |\n| `lowercase` | changes the case of a text |\n| `network_direction` | compares addresses with networks that the pipeline names |\n| `pipeline` | calls a pipeline of the same bundle |\n| `registered_domain` | takes a domain apart |\n| `remove` | removes fields that the pipeline names |\n| `rename` | renames a field |\n| `script` | runs a program; `pipeline-script-not-known` says which |\n| `set` | sets a field that the pipeline names |\n| `sort` | sorts an array |\n| `trim` | removes blanks around a text |\n| `uppercase` | changes the case of a text |\n| `uri_parts` | takes an address apart |\n| `urldecode` | decodes a text |\n\n`remove` with `keep` is refused: it removes fields that nobody named. So are `pipeline` with a name that is a template, and `pipeline` or `enrich` in a kind whose bundles cannot bring the other side.\n\n| refused | because it |\n|---|---|\n| `attachment` | opens documents of many formats with a parser that hostile ones are made for |\n| `csv` | names the fields that it writes in a list of its own |\n| `date_index_name` | sends documents to another index |\n| `dissect` | names the fields that it writes inside its pattern, or lets the document name them |\n| `dot_expander` | writes to fields that the document names, `_index` among them |\n| `drop` | makes documents disappear without a trace |\n| `fail` | makes the server refuse documents, which shippers then drop |\n| `grok` | names the fields that it writes inside its pattern |\n| `gsub` | runs a regular expression that nothing bounds |\n| `kv` | writes to fields that the document names, `_index` among them |\n| `redact` | removes from documents what its patterns match |\n| `reroute` | sends documents to another index |\n| `set_security_user` | copies who is signed in into the document |\n| `split` | runs a regular expression that nothing bounds |\n| `terminate` | ends a pipeline before the processors that follow |\n\n## Why it matters\n\nAn ingest pipeline sees every document of the indices that use it. One processor is enough to send them elsewhere, to replace others, to lose them, or to hand out data of an index that a reader may not see (security.md A22 is the list of these). Elasticsearch checks none of it.\n\n## How to mend it\n\nDo without the processor, or leave that step to a pipeline of the cluster, which whoever runs it can read and change.\n\n## Fails\n\n### Documents sent elsewhere\n\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors/1` = `{ "reroute": { "dataset": "other" } }`\n- Says: `reroute` is not allowed: it sends documents to another index.\n\n### Inside a foreach, in the on_failure of a processor\n\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors/0/pipeline/on_failure` = `[{ "foreach": { "field": "dns.answers", "processor": { "drop": {} } } }]`\n- Says: `drop` is not allowed\n\n### One that nobody has looked at\n\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/on_failure` = `[{ "Set": { "field": "x", "value": 1 } }]`\n- Says: `Set` is not among the processors that are allowed\n\n### A pipeline that the document names\n\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors/1` = `{ "pipeline": { "name": "{{{ event.dataset }}}" } }`\n- Says: calls a pipeline that the document names\n\n### An enrich policy that the bundle does not bring\n\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors/1` = `{ "enrich": { "policy_name": "assets", "field": "host.ip", "target_field": "asset" } }`\n- Says: `enrich` copies data of an index of the target.\n\n### All fields but a few removed\n\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors/1` = `{ "remove": { "keep": ["@timestamp"] } }`\n- Says: with `keep` removes every field but a few\n\n## Passes\n\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/on_failure` = `[{ "append": { "field": "tags", "value": "no_dga" } }]`\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors/1` = `{ "foreach": { "field": "dns.answers", "processor": { "lowercase": { "field": "_ingest._value.data" } } } }`\n',"pipeline-routing":'# pipeline-routing \xB7 error\n\nA pipeline says where a document goes or which one it replaces.\n\n`_index`, `_id`, `_routing`, `_version`, `_op_type` and the other metadata of a document are never a target: not as `field` of a processor that writes it, as `target_field` or `output_field`, under `_source.` (which is the document itself), in `on_failure` or inside `foreach`. A target that is a template is refused, since a document could name any of them by it; so is `json` with `add_to_root`. A script that plainly writes one is named too; one that assembles the name is not recognised, and is `pipeline-script-not-known` in any case.\n\n## Why it matters\n\nIngest runs with the rights of the cluster. A pipeline that sets `_index` moves documents to where its author can read them, or out of sight of the rules; one that sets `_id` overwrites what is there (security.md A22).\n\n## How to mend it\n\nWrite to a field of the document, under a fixed name. Where documents go is set by the shipper and by the data stream.\n\n## Fails\n\n### The index is set\n\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors/1` = `{ "set": { "field": "_index", "value": "elsewhere" } }`\n- Says: `set` writes `_index`: the document goes to another index.\n\n### By way of _source, in on_failure\n\n- Patch: `dga_1000_1.0_ingest_pipeline2.json` `/on_failure/0/set/field` = `"_source._routing"`\n- Place: `dga_1000_1.0_ingest_pipeline2.json:6:18`\n\n### By the result of a model\n\n- Patch: `dga_1000_1.0_ingest_pipeline2.json` `/processors/3/inference/target_field` = `"_id"`\n- Says: the document may replace another one\n\n### By a template\n\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors/1` = `{ "rename": { "field": "x", "target_field": "{{{ wanted }}}" } }`\n- Says: a document could name `_index`\n\n### By the text of a document\n\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors/1` = `{ "json": { "field": "message", "add_to_root": true } }`\n- Says: that text could name `_index`\n\n### By a script\n\n- Patch: `dga_1000_1.0_ngrams_transform_delete.json` `/script/source` = `"ctx[\'_index\'] = \'elsewhere\'"`\n- Says: The script writes `_index`\n- Also: `pipeline-script-not-known`\n\n## Passes\n\n### The index is read\n\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors/1` = `{ "set": { "field": "ml_is_dga.index", "copy_from": "_index", "if": "ctx._index.startsWith(\'packetbeat-\')" } }`\n\n### A field of that name further down\n\n- Patch: `dga_1000_1.0_ingest_pipeline1.json` `/processors/1` = `{ "set": { "field": "ml_is_dga._index", "value": "{{{ _index }}}" } }`\n',"pipeline-script-not-known":`# pipeline-script-not-known \xB7 error

A pipeline runs a script that nobody has approved.

A script is known by the SHA-256 of its source: those of our examples are, and those that the configuration approves. Every other script is reported with the digest to approve: stored ones, those inside a pipeline, and conditions (\`if\`). A condition that only reads and compares needs no approval: fields, literals, \`&&\`, \`||\`, \`!\`, comparisons and methods such as \`isEmpty\` or \`startsWith\`; no assignment, loop, regular expression or other call. A digest covers painless without compiler options, and nothing else. A stored script that only the cluster has cannot be known.

## Why it matters

A script may change all of a document, its index included, and may run for as long as it likes on every document (security.md A22, A23). Whether it does cannot be computed in general; it can be read.

## How to mend it

Read the script. Does it end, whatever the document? Does it write only what it says? Then approve exactly this source, in \`ml-detection-release.toml\`:

\`\`\`toml
[[script]]
sha256 = "<as the message prints it>"
reason = "read by A. B.: it writes process_* only, and ends after 100 rounds"
\`\`\`

Approving means that whoever reviews this file answers for the script, in every bundle and until the line is removed; each report repeats it. On a pull request from a fork a changed configuration is a warning of its own. \`jq -j .script.source FILE | sha256sum\` prints the same digest.

## Fails

### A stored script

- Patch: \`dga_1000_1.0_ngrams_transform_delete.json\` \`/script/source\` = \`"ctx.remove('dga_len')"\`
- Place: \`dga_1000_1.0_ngrams_transform_delete.json:4:15\`
- Says: its sha256 is 3e7e53e6fa29b8ea538f2378884bc7f7872350a6a5469a54e046712fd699b56e.

### A script inside a pipeline

- Patch: \`dga_1000_1.0_ingest_pipeline1.json\` \`/processors/1\` = \`{ "script": { "source": "for (int i = 0; i < 2000000000; i++) { ctx.a = i }" } }\`

### A condition that does more than read

- Patch: \`dga_1000_1.0_ingest_pipeline1.json\` \`/processors/0/pipeline/if\` = \`"for (int i = 0; true; i++) {} return true"\`
- Place: \`dga_1000_1.0_ingest_pipeline1.json:6:15\`
- Says: It does more than read and compare.

### Compiler options

- Patch: \`dga_1000_1.0_ngrams_create.json\` \`/script/options\` = \`{ "max_loop_counter": "0" }\`
- Says: sets compiler options

### Another language

- Patch: \`dga_1000_1.0_ingest_pipeline1.json\` \`/processors/1\` = \`{ "script": { "lang": "mustache", "source": "{{x}}" } }\`
- Says: only painless can be approved

## Passes

### The scripts of the examples

- Base: \`examples/ML-DGA-20261122-2\`

### A condition

- Patch: \`dga_1000_1.0_ingest_pipeline1.json\` \`/processors/0/pipeline/if\` = \`"ctx.dns?.question?.name instanceof String && ctx.dns.question.name.length() > 3 && !(ctx['tags'] ?: '').contains('skip')"\`
`,"pipeline-script-parameter-large":`# pipeline-script-parameter-large \xB7 warning

A script gets a parameter so large that it may never end.

The numbers in \`params\` of a \`script\` processor, or of a condition, may be 10,000 at most, whether they are written as numbers or as texts.

## Why it matters

A script is approved by its source alone. The example that removes n-grams runs as often as its \`limit\` says: with two thousand million it stops a node, and its digest is the same.

## How to mend it

Pass the smallest number that does. A threshold that is meant to be large can stand in the source, where a digest covers it.

## Fails

- Patch: \`dga_1000_1.0_ingest_pipeline2.json\` \`/processors/4/script/params/limit\` = \`2000000000\`
- Place: \`dga_1000_1.0_ingest_pipeline2.json:57:20\`
- Says: The parameter is 2000000000; more than 10000 needs a reason.

## Passes

- Patch: \`dga_1000_1.0_ingest_pipeline2.json\` \`/processors/4/script/params/limit\` = \`63\`
`,"search-script-not-known":`# search-script-not-known \xB7 error

A search runs a script that nobody has approved.

Script fields, runtime mappings, script queries and scripted aggregations of a job, a datafeed, a rule's filters, a transform, an enrich policy or a saved object (also where Kibana keeps them as JSON in a text): wherever a text stands under \`script\` (or \`init_script\` and the like), or a source beside a language. They are known by the SHA-256 of their source, as the scripts of pipelines are.

## Why it matters

Such a script runs on every document that the search meets, in every run: a loop in it keeps the nodes busy that hold the data (security.md A23).

## How to mend it

Do without it: fields can be computed when documents are written. Or read it and approve exactly this source, as the page of \`pipeline-script-not-known\` says.

## Fails

### A script field

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Patch: \`datafeed-experimental-high-sum-dga-probability.json\` \`/body/script_fields\` = \`{ "twice": { "script": { "source": "doc['x'].value * 2" } } }\`
- Says: Nobody has approved this script

### A runtime mapping, written short

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Patch: \`experimental-dns-client-outliers.json\` \`/body/source/runtime_mappings\` = \`{ "x": { "type": "long", "script": "while (true) {}" } }\`

### A filter of a rule

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`license = "Elastic License v2"\` \u2192 \`filters = [{ query = { script = { script = "return true" } } }]\`

## Passes

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Patch: \`datafeed-experimental-high-sum-dga-probability.json\` \`/body/runtime_mappings\` = \`{ "x": { "type": "keyword" } }\`
`,"ml-job-unbounded-indices":'# ml-job-unbounded-indices \xB7 warning\n\nA datafeed or job reads every index.\n\nA datafeed, the datafeed inside a job, or the source of an analytics job names its indices by an expression that reaches every index: `*`, `_all`, `*:*`, a pattern with fewer than two letters or digits (`*-*`), only exclusions (`-x`), or none at all. A cluster in front (`eu:`), commas and date mathematics are looked through.\n\n## Why it matters\n\nThe job reads what nobody meant it to, system indices and other teams\' data included; its results show it to whoever may see them, and the search keeps the whole cluster busy (security.md A23).\n\n## How to mend it\n\nName the indices that the job is about: `packetbeat-*`, `logs-network_traffic.dns-*`.\n\n## Fails\n\n### A wildcard\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `datafeed-experimental-high-sum-dga-probability.json` `/body/indices` = `["packetbeat-*", "*"]`\n- Says: `indices`: `*` reaches every index.\n\n### Every cluster, in the datafeed of a job\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-rare-dga-domain.json` `/body/datafeed_config` = `{ "indices": "*:*", "query": { "match_all": {} } }`\n\n### Only exclusions, under the other name\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `datafeed-experimental-high-sum-dga-probability.json` `/body/indexes` = `["-secret-*"]`\n- Says: no index is named, which means all of them\n\n### An analytics job\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-dns-client-outliers.json` `/body/source/index` = `"_all"`\n\n## Passes\n\n### Patterns with a name, on other clusters too\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `datafeed-experimental-high-sum-dga-probability.json` `/body/indices` = `["eu:packetbeat-*", "*:logs-*", "<dns-{now/d}>", "-logs-old"]`\n',"ml-job-memory-limit":'# ml-job-memory-limit \xB7 warning\n\nA job asks for more memory than a node can be expected to give.\n\n`model_memory_limit` of a job is above the limit `job-memory-bytes`: 4 GiB, four times what Elasticsearch gives a job that asks for nothing. A bare number is MiB, as the server reads it.\n\n## Why it matters\n\nA node that gives one job this much gives none to the others; one that has less never starts it, and its datafeed waits without a word (security.md A23).\n\n## How to mend it\n\nAsk for less: the job\'s statistics say what it uses. Where the nodes have it, raise the limit with `--limit job-memory-bytes=NUMBER`, or in the configuration.\n\n## Fails\n\n### A job\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-rare-dga-domain.json` `/body/analysis_limits/model_memory_limit` = `"900gb"`\n- Says: 966367641600 bytes; the limit is 4294967296 bytes.\n\n### An analytics job, in MiB\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-dns-client-outliers.json` `/body/model_memory_limit` = `900000`\n\n### No size\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-dns-client-outliers.json` `/body/model_memory_limit` = `"much"`\n- Says: which is no size\n\n## Passes\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Patch: `experimental-dns-client-outliers.json` `/body/model_memory_limit` = `"4 GB"`\n- Patch: `experimental-rare-dga-domain.json` `/body/analysis_limits/model_memory_limit` = `"auto"`\n',"transform-unbounded-indices":'# transform-unbounded-indices \xB7 warning\n\nA transform reads every index.\n\n`source.index` names its indices by an expression that reaches every index: `*`, `_all`, `*:*`, a pattern with fewer than two letters or digits, only exclusions, or none at all.\n\n## Why it matters\n\nThe transform copies what nobody meant into an index that more people may read, and its search keeps the whole cluster busy again and again (security.md A23).\n\n## How to mend it\n\nName the indices that it is about: `logs-endpoint.events.*`.\n\n## Fails\n\n### A wildcard\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Patch: `ml_hostriskscore_pivot_transform.json` `/source/index` = `"*"`\n- Place: `ml_hostriskscore_pivot_transform.json:4:14`\n- Says: `source.index`: `*` reaches every index.\n\n### Every cluster\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Patch: `ml_hostriskscore_pivot_transform.json` `/source/index/0` = `"*:*"`\n\n## Passes\n\n### Patterns with a name\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Patch: `ml_hostriskscore_pivot_transform.json` `/source/index` = `["logs-endpoint.events.*", "eu:logs-*"]`\n',"transform-destination-unsafe":'# transform-destination-unsafe \xB7 error\n\nA transform writes where it should not.\n\n`dest.index` is a pattern, a list, a date, on another cluster, an index of the stack (a dot in front), or one that the transform reads too; `dest.aliases` moves a name to it; or a field of the pivot is called `_index`, `_id` or another one that says where a document goes.\n\n## Why it matters\n\nA transform runs with the rights of whoever deploys it, without end. What it writes over an index of others is lost, and an alias that it moves leads readers to other data (security.md A22).\n\n## How to mend it\n\nGive the transform one index of its own, in lower case, and name its fields otherwise.\n\n## Fails\n\n### An index of the stack\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Patch: `ml_hostriskscore_pivot_transform.json` `/dest/index` = `".alerts-security.alerts-other"`\n- Says: indices that begin with `.` are the stack\'s\n\n### The index that it reads\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Patch: `ml_hostriskscore_latest_transform.json` `/dest/index` = `"ml_host_risk_score_default"`\n- Also: `definition-duplicate`\n- Says: the transform reads it too\n\n### A list\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Patch: `ml_hostriskscore_latest_transform.json` `/dest/index` = `"one,two"`\n- Says: it is a pattern, a list or a date, and not one index\n\n### An alias that is moved\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Patch: `ml_hostriskscore_latest_transform.json` `/dest/aliases` = `[{"alias": "alerts", "move_on_creation": true}]`\n- Says: `dest.aliases` moves names\n\n### A field that routes\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Patch: `ml_hostriskscore_pivot_transform.json` `/pivot/group_by/_index` = `{"terms": {"field": "host.name"}}`\n- Says: The field `_index` is `_index`\n\n## Passes\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n',"enrich-policy-unbounded-indices":'# enrich-policy-unbounded-indices \xB7 warning\n\nAn enrich policy reads every index.\n\n`indices` of a policy names its indices by an expression that reaches every index: `*`, `_all`, `*:*`, a pattern with fewer than two letters or digits, only exclusions, or none at all.\n\n## Why it matters\n\nA policy copies fields of what it reads into the documents of others, to be read by whoever may read those; over every index nobody knows which (security.md A22).\n\n## How to mend it\n\nName the indices that it is about: `filebeat-*`.\n\n## Fails\n\n### A wildcard\n\n- Base: `examples/ML-URLSpoof-20261122-1`\n- Patch: `url_spoofing_enrichment_policy.json` `/match/indices` = `["*"]`\n- Place: `url_spoofing_enrichment_policy.json:3:17`\n- Says: `indices`: `*` reaches every index.\n\n## Passes\n\n- Base: `examples/ML-URLSpoof-20261122-1`\n',"saved-object-forbidden":'# saved-object-forbidden \xB7 error\n\nA saved object is of a type that a bundle may not bring.\n\nSaved objects are taken by a list: `dashboard`, `index-pattern`, `lens`, `links`, `map`, `search`, `tag`, `visualization`. A visualization that holds a Vega or Timelion program is refused too, also where a dashboard keeps it inside. Scripts in data views and searches are `search-script-not-known`.\n\n## Why it matters\n\nA connector sends data to another server, a rule runs with the rights of whoever imports it, settings and exceptions change what everybody in the space sees (security.md A24).\n\n## How to mend it\n\nLeave the object out of the export; rules and jobs are files of their own in a bundle.\n\n## Fails\n\n### A connector\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Replace: `ml_hostriskscore_dashboards.ndjson` `"search","id":"ml-host-risk-score-hosts","attributes"` \u2192 `"action","id":"ml-host-risk-score-hosts","attributes"`\n- Place: `ml_hostriskscore_dashboards.ndjson:2:9`\n- Also: `reference-unresolved`\n- Says: a connector sends what it is given to another server\n\n### A Vega program inside a dashboard\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n\n```json ml_hostriskscore_dashboards.ndjson\n{"type":"dashboard","id":"d","attributes":{"panelsJSON":"[{\\"embeddableConfig\\":{\\"savedVis\\":{\\"type\\":\\"vega\\"}}}]"},"references":[]}\n```\n\n- Place: `ml_hostriskscore_dashboards.ndjson:1:9`\n- Says: it holds a `vega`, a program\n\n### A type that nobody knows\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n- Replace: `ml_hostriskscore_dashboards.ndjson` `"search","id":"ml-host-risk-score-hosts","attributes"` \u2192 `"gadget","id":"ml-host-risk-score-hosts","attributes"`\n- Also: `reference-unresolved`\n- Says: nobody has looked at what its type can do\n\n## Passes\n\n- Base: `examples/ML-HostRiskScore-20261122-1`\n',"rule-match-all":'# rule-match-all \xB7 warning\n\nA rule fires on everything.\n\nThe query of a rule lets every document through: `*`, `*:*`, an empty query, `_exists_:@timestamp`, `x or not x`, `any where true`, ES|QL without `where`; also where it is joined by `or` with something else. Filters that say more than `match_all` count as a restriction, and so does a threshold above 1. Rules that compare with indicators, earlier terms or a job are not looked at.\n\n## Why it matters\n\nOne such rule buries all others under its alerts; a flood of alerts is also what hides the one that matters (security.md A24).\n\n## How to mend it\n\nSay in the query what the rule is about.\n\n## Fails\n\n### Everything, in KQL\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `query = "ml_is_dga.malicious_prediction:1"` \u2192 `query = "*:*"`\n- Says: The query `*:*` (kuery) matches every document.\n\n### Hidden behind an or\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `query = "ml_is_dga.malicious_prediction:1"` \u2192 `query = "ml_is_dga.malicious_prediction:1 or (not (not *))"`\n\n### EQL\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `type = "query"` \u2192 `type = "eql"`\n- Replace: `experimental_dns_request_predicted_dga.toml` `language = "kuery"` \u2192 `language = "eql"`\n- Replace: `experimental_dns_request_predicted_dga.toml` `query = "ml_is_dga.malicious_prediction:1"` \u2192 `query = "any where true // process.name == \'x\'"`\n\n### ES|QL\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `type = "query"` \u2192 `type = "esql"`\n- Replace: `experimental_dns_request_predicted_dga.toml` `language = "kuery"` \u2192 `language = "esql"`\n- Replace: `experimental_dns_request_predicted_dga.toml` `query = "ml_is_dga.malicious_prediction:1"` \u2192 `query = "from logs-* metadata _id | limit 100"`\n\n## Passes\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `query = "ml_is_dga.malicious_prediction:1"` \u2192 `query = "* and ml_is_dga.malicious_prediction:1"`\n',"rule-unbounded-indices":'# rule-unbounded-indices \xB7 warning\n\nA rule searches every index.\n\n`index` or `threat_index` of a rule, or the `from` of an ES|QL query, names indices by an expression that reaches every index; which ones do is said on the page of `ml-job-unbounded-indices`. A rule without `index` searches what its Kibana space is set to.\n\n## Why it matters\n\nThe rule searches what nobody meant it to, every few minutes (security.md A23), and its alerts show it to whoever reads alerts.\n\n## How to mend it\n\nName the indices that the rule is about.\n\n## Fails\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `index = ["packetbeat-*", "logs-network_traffic.dns-*"]` \u2192 `index = ["packetbeat-*", "*"]`\n- Says: `index`: `*` reaches every index.\n\n## Passes\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `index = ["packetbeat-*", "logs-network_traffic.dns-*"]` \u2192 `index = ["*:packetbeat-*"]`\n',"rule-action":'# rule-action \xB7 error\n\nA rule brings actions.\n\n`actions` or `response_actions` of a rule is not empty.\n\n## Why it matters\n\nAn action sends alerts, with the documents in them, to wherever its author wants, or does something to the host (security.md A24). It would run with the connectors of the stack.\n\n## How to mend it\n\nRemove them. Actions are added on the stack by those who get the messages; a later release keeps them.\n\n## Fails\n\n### A webhook\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `license = "Elastic License v2"` \u2192 `actions = [{ group = "default", id = "c", action_type_id = ".webhook", params = { body = "x" } }]`\n- Says: `actions` is an array of 1, first the string `".webhook"`: it acts when the rule fires.\n\n### A response on the host\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `license = "Elastic License v2"` \u2192 `response_actions = [{ action_type_id = ".endpoint", params = { command = "isolate" } }]`\n\n## Passes\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `license = "Elastic License v2"` \u2192 `actions = []`\n',"rule-foreign-reference":`# rule-foreign-reference \xB7 error

A rule rests on an object of the stack that the bundle does not bring.

\`exceptions_list\`, \`saved_id\` or \`data_view_id\` of a rule names an object of Kibana that no bundle brings.

## Why it matters

What the rule finds then depends on an object that nobody checked: an exception list silences it, a saved query or data view changes what it looks at (security.md A24). Where the object is not there, the rule fails.

## How to mend it

Write the query and the indices into the rule. Exceptions are added on the stack; a later release keeps them.

## Fails

### An exception list

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`license = "Elastic License v2"\` \u2192 \`exceptions_list = [{ id = "x", list_id = "x", namespace_type = "single", type = "detection" }]\`
- Says: whoever edits that list silences the rule

### A data view

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`license = "Elastic License v2"\` \u2192 \`data_view_id = "logs"\`

## Passes

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`license = "Elastic License v2"\` \u2192 \`exceptions_list = []\`
`,"rule-enabled":`# rule-enabled \xB7 warning

A rule wants to be on as soon as it is uploaded.

\`enabled\` of a rule is anything but \`false\`.

## Why it matters

A rule is switched on by the people who will read its alerts, when its job and its data are there (security.md A24).

## How to mend it

Remove \`enabled\`: new rules are off until somebody switches them on, and known ones stay as they are.

## Fails

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`license = "Elastic License v2"\` \u2192 \`enabled = true\`

## Passes

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`license = "Elastic License v2"\` \u2192 \`enabled = false\`
`,"rule-bad-name":`# rule-bad-name \xB7 error

The name of a rule is made to be read as something else.

The name of a rule holds a line break or another control character, a character that nobody can see or that turns the direction of reading, a workflow command, an HTML tag or a Markdown link; or it has more than 200 characters.

## Why it matters

The name stands in every alert, list and log of the stack, and in the logs and summaries of the runs that release it (security.md A6, A8): a line break forges a line there, a tag or a link sends people somewhere.

## How to mend it

Give the rule a plain name on one line.

## Fails

### A workflow command

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`name = "Experimental: DNS Request to a Domain Predicted as Generated"\` \u2192 \`name = "x\\n::set-output name=tag::evil"\`
- Says: it holds a control character or a line break

### Another direction of reading

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`name = "Experimental: DNS Request to a Domain Predicted as Generated"\` \u2192 \`name = "DNS \\u202egnp.exe"\`

### A tag

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`name = "Experimental: DNS Request to a Domain Predicted as Generated"\` \u2192 \`name = "<img src=x onerror=alert(1)>"\`
- Says: an HTML tag

## Passes

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Replace: \`experimental_dns_request_predicted_dga.toml\` \`name = "Experimental: DNS Request to a Domain Predicted as Generated"\` \u2192 \`name = "Ungew\xF6hnlich: DNS (< 5 Anfragen) [Beta] \u26A0\uFE0F"\`
`,"rule-id-unsafe":'# rule-id-unsafe \xB7 error\n\nThe rule_id of a rule would change an address.\n\n`rule_id` holds a character that ends or changes the address of a request (`/`, `?`, `#`, `%`, `&`, `*`, a control character\u2026), is made of dots, or has more than 255 characters.\n\n## Why it matters\n\nThe id stands in the address of Kibana\'s API, with the rights of whoever uploads (security.md A25).\n\n## How to mend it\n\nGive the rule a fresh UUID once (`uuidgen`), and keep it in all later releases.\n\n## Fails\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n- Replace: `experimental_dns_request_predicted_dga.toml` `rule_id = "0f6a6a52-2f0c-4a0c-9d2e-3a6f9c1f1a02"` \u2192 `rule_id = "../../api/security/user"`\n- Says: it holds "/"\n- Also: `rule-id-invalid`\n\n## Passes\n\n- Base: `examples/ML-experimental-detections-20261122-1`\n',"reference-id-unsafe":'# reference-id-unsafe \xB7 error\n\nAn id would change the address of an API.\n\nThe id of a script, pipeline, model, job, datafeed, transform or enrich policy that a file uses, or that a kind gives, holds a character that ends or changes the address of a request (`/`, `?`, `#`, `%`, `&`, `*`, `,`\u2026), is made of dots, or has more than 255 characters. Names of jobs and ids of models have stricter checks, `ml-job-bad-name` and `model-id-invalid`.\n\n## Why it matters\n\nThe id stands in the address of an API, with the rights of whoever deploys: `../_security/user/x` would reach another one, and `*` means all objects (security.md A25).\n\n## How to mend it\n\nUse letters, digits, `-`, `_`, `.`, `@` and `:`.\n\n## Fails\n\n### A script\n\n- Patch: `dga_1000_1.0_ingest_pipeline2.json` `/processors/0/script/id` = `"../_security/user/x"`\n- Place: `dga_1000_1.0_ingest_pipeline2.json:14:15`\n- Says: it holds "/"\n- Also: `reference-unresolved`\n\n### An alias of the model\n\n- Patch: `dga_1000_1.0_model.json` `/metadata/aliases` = `["dga_*"]`\n- Says: it holds "*"\n\n### What a kind of the team gives\n\n- Base: `nothing`\n- Name: `ML-Own-20261122-1`\n- Says: The script `a,b` cannot stand in an address\n\n```json a,b.json\n{ "script": {} }\n```\n\n```json kind\n{ "id": "own", "family": "ML-Own", "title": "Own", "unexpected": "error", "roles": [{ "id": "script", "pattern": "*.json", "format": "json", "count": "any", "defines": [{ "space": "script", "id": "<stem>", "entryPoint": true }] }] }\n```\n\n## Passes\n\n- Patch: `dga_1000_1.0_model.json` `/metadata/aliases` = `["dga_current.v1"]`\n',"model-not-evaluable":'# model-not-evaluable \xB7 error\n\nThe model cannot be evaluated, so no golden row can be compared.\n\nTold where a bundle has golden predictions. Trees and ensembles of trees are evaluated, with the preprocessors `one_hot_encoding`, `target_mean_encoding`, `frequency_encoding`, `n_gram_encoding` and `multi_encoding`, and the aggregators `weighted_sum`, `weighted_mode`, `logistic_regression` and `exponent`. Whatever else stands in a definition is refused at its place, rather than guessed at.\n\n## Why it matters\n\nElasticsearch refuses most of these models when they are created, and fails with the others whenever they are asked.\n\n## How to mend it\n\nExport the model again; the place named says what does not fit.\n\n## Fails\n\n### Labels for other classes\n\n- Copy: `__tests__/fixtures/golden/dga_1000_1.0_reserved_golden.jsonl` as `dga_1000_1.0_golden.jsonl`\n- Patch: `dga_1000_1.0_model.json` `/definition/trained_model/ensemble/classification_labels` = `["0","1","2"]`\n- Says: There are 3 labels for 2 classes.\n\n### A preprocessor of another type\n\n- Copy: `__tests__/fixtures/golden/dga_1000_1.0_reserved_golden.jsonl` as `dga_1000_1.0_golden.jsonl`\n- Patch: `dga_1000_1.0_model.json` `/definition/preprocessors/0` = `{"standard_scaler": {}}`\n- Says: `standard_scaler` is no preprocessor\n- Says: (`/definition/preprocessors/0/standard_scaler`)\n\n## Passes\n\n- Copy: `__tests__/fixtures/golden/dga_1000_1.0_reserved_golden.jsonl` as `dga_1000_1.0_golden.jsonl`\n',"golden-row-invalid":'# golden-row-invalid \xB7 error\n\nA golden row cannot be compared.\n\nA row is one JSON object a line: `domain`, or `fields` with inputs of the model; optionally `model_id`; and what the model is to say, under the names that the pipeline gives it (for a DGA bundle `malicious_prediction` and `malicious_probability`, else `predicted_value` and `prediction_probability`). `domain` needs a pipeline whose scripts are known here by digest; for any other, rows carry `fields`.\n\n## Why it matters\n\nA row that is passed over would count as one that agrees. A field that is no input never reaches the model, so a row that sets it does not test what it seems to test.\n\n## How to mend it\n\nCorrect the row at the place named.\n\n## Fails\n\n### A member nobody knows\n\n- Place: `dga_1000_1.0_golden.jsonl:1:1`\n- Place: `dga_1000_1.0_golden.jsonl:1:48`\n- Says: Did you mean `malicious_probability`?\n\n```jsonl dga_1000_1.0_golden.jsonl\n{"domain":"a.example","malicious_prediction":1,"malicious_probabilty":0.25}\n```\n\n### A field that is no input\n\n- Place: `dga_1000_1.0_golden.jsonl:1:12`\n- Says: `dga_2_9` is no input of the model\n\n```jsonl dga_1000_1.0_golden.jsonl\n{"fields":{"dga_2_9":"ab"},"malicious_prediction":1,"malicious_probability":0.25}\n```\n\n### NaN, which no JSON knows\n\n- Place: `dga_1000_1.0_golden.jsonl:1:74`\n\n```jsonl dga_1000_1.0_golden.jsonl\n{"domain":"a.example","malicious_prediction":1,"malicious_probability":  NaN}\n```\n\n### A class of another type\n\n- Place: `dga_1000_1.0_golden.jsonl:1:46`\n- Says: `malicious_prediction` must be a number, as the pipeline writes it.\n\n```jsonl dga_1000_1.0_golden.jsonl\n{"domain":"a.example","malicious_prediction":"1","malicious_probability":0.25}\n```\n\n### A domain, and a script that nobody has read\n\n- Replace: `dga_1000_1.0_ngrams_create.json` `i + n <= label` \u2192 `i + n < label`\n- Place: `dga_1000_1.0_golden.jsonl:1:11`\n- Says: What the pipeline makes of a domain is not known here\n- Also: `pipeline-script-not-known`\n\n```jsonl dga_1000_1.0_golden.jsonl\n{"domain":"a.example","malicious_prediction":1,"malicious_probability":0.25}\n```\n\n## Passes\n\n### Rows of domains\n\n- Copy: `__tests__/fixtures/golden/dga_1000_1.0_reserved_golden.jsonl` as `dga_1000_1.0_golden.jsonl`\n',"golden-model-mismatch":`# golden-model-mismatch \xB7 error

Golden predictions are of another model.

The name of the file begins with the id of the model in the bundle and an underscore, and a \`model_id\` in a row is that id.

## Why it matters

Rows of another model agree by chance, or send people to look for a defect that is none.

## How to mend it

Rename the file, or take the rows of the other model out of it.

## Fails

### By its name

- Copy: \`__tests__/fixtures/golden/dga_1000_1.0_reserved_golden.jsonl\` as \`dga_2000_1.0_golden.jsonl\`
- Place: \`dga_2000_1.0_golden.jsonl\`
- Says: does not begin with the id of the model

### By a row

- Place: \`dga_1000_1.0_golden.jsonl:1:13\`
- Says: The row is for the model \`dga_2000_1.0\`

\`\`\`jsonl dga_1000_1.0_golden.jsonl
{"model_id":"dga_2000_1.0","domain":"a.example","malicious_prediction":1,"malicious_probability":0.25}
\`\`\`

## Passes

- Copy: \`__tests__/fixtures/golden/dga_1000_1.0_reserved_golden.jsonl\` as \`dga_1000_1.0_reserved_golden.jsonl\`
`,"golden-mismatch":`# golden-mismatch \xB7 error

The model does not say what a golden row says.

A golden prediction is a line of \`<model id>\u2026_golden.jsonl\`: a domain, or the fields that the model is offered, and what it is to say. The model is evaluated here, as the pipeline of the bundle asks it. The class has to be the same, and a number may lie 1e-9 away.

## Why it matters

Elasticsearch takes a model whose leaves changed sign, whose thresholds were rounded on the way, or whose inputs lost a field. Nothing shows it until detections go quiet, or false alarms flood a team.

## How to mend it

If the change is meant, write the rows anew with \`mldr model golden write\`, and review them as a diff. If not, export the model again and compare its files.

## Fails

### A leaf with the other sign

- Copy: \`__tests__/fixtures/golden/dga_1000_1.0_reserved_golden.jsonl\` as \`dga_1000_1.0_golden.jsonl\`
- Patch: \`dga_1000_1.0_model.json\` \`/definition/trained_model/ensemble/trained_models/0/tree/tree_structure/14/leaf_value\` = \`-0.5060658428654663\`
- Says: golden rows differ from the model

### A row that says something else

- Says: \`malicious_probability\` of \`take-lobsters.example\` is 0.25 here, and the model gives 0.5882116491759719.
- Also: \`golden-input-constant\`
- Also: \`golden-coverage-low\`

\`\`\`jsonl dga_1000_1.0_golden.jsonl
{"domain":"take-lobsters.example","malicious_prediction":1,"malicious_probability":0.25}
\`\`\`

## Passes

- Copy: \`__tests__/fixtures/golden/dga_1000_1.0_reserved_golden.jsonl\` as \`dga_1000_1.0_golden.jsonl\`
`,"golden-input-constant":'# golden-input-constant \xB7 error\n\nAn input of the model never varies in the golden rows.\n\nInputs that no split and no preprocessor looks at are left out. Being absent in some rows is varying.\n\n## Why it matters\n\nWere the input lost on export, every row would still agree. A first set of rows with the endings `.test` and `.example` only did not show that the field of the endings was gone, because the model had never seen either.\n\n## How to mend it\n\nAdd rows in which the input is different. Names under `.example`, `.test` and `.invalid` are free to use; `fields` sets any input directly.\n\n## Fails\n\n- Place: `dga_1000_1.0_golden.jsonl`\n- Says: The input `dga_tld` is "example" in all 2 rows\n- Also: `golden-coverage-low`\n\n```jsonl dga_1000_1.0_golden.jsonl\n{"domain":"abcdefghi.example","malicious_prediction":1,"malicious_probability":0.5634404375828571}\n{"domain":"z.example","malicious_prediction":0,"malicious_probability":0.02908890620382739}\n```\n\n## Passes\n\n- Copy: `__tests__/fixtures/golden/dga_1000_1.0_reserved_golden.jsonl` as `dga_1000_1.0_golden.jsonl`\n',"golden-coverage-low":`# golden-coverage-low \xB7 warning

The golden rows reach few leaves of the model.

Half of the leaves are wanted, over all golden files together. \`--min-coverage 0.8\` asks for more, or for less, and makes what is missing an error.

## Why it matters

What no row reaches may change, and nothing shows it: of 225 changes of a single node of a small model, rows that reach 92 % of its leaves catch 154.

## How to mend it

Add rows, of many kinds rather than many of one kind.

## Fails

- Place: \`dga_1000_1.0_golden.jsonl\`
- Says: wanted are 50.0 %
- Also: \`golden-input-constant\`

\`\`\`jsonl dga_1000_1.0_golden.jsonl
{"domain":"take-lobsters.example","malicious_prediction":1,"malicious_probability":0.5882116491759719}
\`\`\`

## Passes

- Copy: \`__tests__/fixtures/golden/dga_1000_1.0_reserved_golden.jsonl\` as \`dga_1000_1.0_golden.jsonl\`
`,"label-row-invalid":`# label-row-invalid \xB7 error

A row of a labelled set cannot be judged.

A labelled set is CSV below \`_dev/labels\` of a bundle, or named by \`--labels\`. Its head is \`value,label\` or \`value,label,family\`; a label is a class of the model, or the name that its \`metadata.classes\` gives one; a family says what kind of malicious value it is. It is judged here, and never packed.

## Why it matters

A row that is passed over would make the figures better or worse than they are.

## How to mend it

Correct the line named.

## Fails

### A label that is no class

- Place: \`_dev/labels/set.csv:2:1\`
- Says: The label \`bad\` is none of \`0\`, \`1\`, \`benign\`, \`malicious\`.

\`\`\`csv _dev/labels/set.csv
value,label
a.example,bad
b.example,benign
kq3v9z7x1wjh5m.example,malicious
\`\`\`

### A cell too many

- Place: \`_dev/labels/set.csv:3:1\`

\`\`\`csv _dev/labels/set.csv
value,label
b.example,benign
c.example,benign,no
kq3v9z7x1wjh5m.example,malicious
\`\`\`

### A head that lacks a column

- Place: \`_dev/labels/set.csv:1:1\`
- Says: has no column \`label\`

\`\`\`csv _dev/labels/set.csv
value,family
b.example,benign
\`\`\`

## Passes

\`\`\`csv _dev/labels/set.csv
value,label,family
b.example,benign,
kq3v9z7x1wjh5m.example,malicious,random letters
\`\`\`
`,"false-positive-rate-high":`# false-positive-rate-high \xB7 error

The model calls more benign values malicious than allowed.

Told where \`--max-false-positive-rate\` says how many are allowed, of labelled sets below \`_dev/labels\` or named by \`--labels\`: the share of the benign values that the model calls malicious, at its own decision.

## Why it matters

What floods a team with false alarms is switched off.

## How to mend it

Train the model on what it takes for malicious, or raise its threshold; \`mldr model evaluate\` suggests one.

## Fails

The example asks for 1 % of false alarms at most, and for 90 % found.

- Place: \`_dev/labels/set.csv\`
- Says: 1 of 2 benign values are called malicious (50 %); allowed are 1 %.
- Also: \`recall-low\`

\`\`\`csv _dev/labels/set.csv
value,label,family
docs.example,benign,
kq3v9z7x1wjh5m.example,benign,
xj4wq8zkv2p7tr.example,malicious,letters
mail.example,malicious,words
\`\`\`

## Passes

\`\`\`csv _dev/labels/set.csv
value,label,family
docs.example,benign,
xj4wq8zkv2p7tr.example,malicious,letters
\`\`\`
`,"recall-low":`# recall-low \xB7 error

The model finds less than it has to.

Told where \`--min-recall\` or \`--min-recall-per-family\` says how much is wanted, of labelled sets below \`_dev/labels\` or named by \`--labels\`: the share of the malicious values that the model calls so, over all or in each family.

## Why it matters

A detection that went quiet looks like peace.

## How to mend it

Look at the families it misses, and train it on them.

## Fails

The example asks for 1 % of false alarms at most, and for 90 % found.

- Place: \`_dev/labels/set.csv\`
- Says: Of the family \`words\` 0 of 1 values are found (0 %); wanted are 90 %.
- Also: \`false-positive-rate-high\`

\`\`\`csv _dev/labels/set.csv
value,label,family
docs.example,benign,
kq3v9z7x1wjh5m.example,benign,
xj4wq8zkv2p7tr.example,malicious,letters
mail.example,malicious,words
\`\`\`

## Passes

\`\`\`csv _dev/labels/set.csv
value,label,family
docs.example,benign,
xj4wq8zkv2p7tr.example,malicious,letters
\`\`\`
`,"model-name-reused":`# model-name-reused \xB7 warning

The model has the name of another model in an earlier release.

A file of an earlier release has the name of this model and other content. Where the content is the same too, \`model-hash-reused\` says so. The release of the very same name is not compared.

## Why it matters

The file name without \`_model.json\` is the model's id on a stack. Two models of one id cannot stand beside each other there, and the second is refused or, forced, takes the place of the first while pipelines still call it.

## How to mend it

Give the new model an id of its own, in all file names, in \`model_id\` and in the inference pipeline.

## Fails

- Place: \`dga_1000_1.0_model.json\`
- Says: ML-DGA-20260901-1 holds a \`dga_1000_1.0_model.json\` too
- Says: same name with another hash

\`\`\`json history
{
  "ML-DGA-20260901-1": {
    "entries": { "dga_1000_1.0_model.json": "000000000000000000000000000000000000000000000000000000000000dead" }
  }
}
\`\`\`

## Passes

\`\`\`json history
{
  "ML-DGA-20260901-1": {
    "entries": { "dga_900_1.0_model.json": "000000000000000000000000000000000000000000000000000000000000dead" }
  }
}
\`\`\`
`,"model-hash-reused":`# model-hash-reused \xB7 warning

The model is one that an earlier release holds already.

A file of an earlier release has the hash of this model. Two hashes are compared: that of the bytes, and that of the text as the historic tool re-saved it (keys sorted, Python's separators), because its releases hold such files. The message says which it is: the same hash under another name, or the same name and the same hash. The release of the very same name is not compared.

## Why it matters

The same model under a new name is usually an export that failed and left the old file. The model is then announced, deployed and evaluated as new, and nothing has changed.

## How to mend it

If it is meant to be the same model, keep its name and accept the warning. If not, look at the export.

## Fails

### The same bytes under another name

- Place: \`dga_1000_1.0_model.json\`
- Says: The model is \`dga_900_1.0_model.json\` of ML-DGA-20260901-1
- Says: same hash under another name

\`\`\`json history
{
  "ML-DGA-20260901-1": {
    "entries": { "dga_900_1.0_model.json": "76f403cb868d82da151a56b2d8477967303baa5e0ec5224b13b2e70de4c3be2b" }
  }
}
\`\`\`

### Re-saved by the historic tool

- Place: \`dga_1000_1.0_model.json\`
- Says: Re-saved with sorted keys, the model is \`dga_900_1.0_model.json\` of ML-DGA-20260901-1

\`\`\`json history
{
  "ML-DGA-20260901-1": {
    "entries": { "dga_900_1.0_model.json": "f1e63c2cf510916b37ad5da59b32a162316de4e4db0c0c719616c8391b03f33f" }
  }
}
\`\`\`

### The same name and the same hash

- Says: same name and same hash

\`\`\`json history
{
  "ML-DGA-20260901-1": {
    "entries": { "dga_1000_1.0_model.json": "76f403cb868d82da151a56b2d8477967303baa5e0ec5224b13b2e70de4c3be2b" }
  }
}
\`\`\`

## Passes

### A new model

\`\`\`json history
{
  "ML-DGA-20260901-1": {
    "entries": { "dga_900_1.0_model.json": "000000000000000000000000000000000000000000000000000000000000dead" }
  }
}
\`\`\`

### The release of this very name

\`\`\`json history
{ "ML-DGA-20261122-2": "the same files" }
\`\`\`
`,"yanked-release-used":`# yanked-release-used \xB7 warning

The bundle is a yanked release, holds a file of one, or rests on one.

A \`[[yanked]]\` table of \`ml-detection-release.toml\` names a release that nobody is to use any more. Both the file in the working folder and, where the store is a repository, the one on its default branch count. A file is compared by the digest of its bytes, a model also by that of the text as the historic tool re-saved it. A file that a release holds which is not yanked is passed over: it is not what the other one was yanked for. The release that a bundle of detections rests on is the one of \`--built-on\`, or the one that its rules and jobs name.

An entry whose release is not in the store, or has another manifest there, and a list that cannot be read are notes of this check.

## Why it matters

A release is yanked because something in it is wrong, and it cannot be taken back from those who have it. What is built from its files, or on its model, carries the defect on under a new name.

## How to mend it

Take the file or the model of the release that replaces the yanked one. Where the file is not what was wrong, accept the warning.

## Fails

### The model of a yanked release

- Place: \`dga_1000_1.0_model.json\`
- Says: The file is \`dga_1000_1.0_model.json\` of ML-DGA-20261101-1, yanked: it flags every domain; use ML-DGA-20261110-2 instead.
- Also: \`model-hash-reused\`

\`\`\`json history
{
  "ML-DGA-20261101-1": {
    "entries": { "dga_1000_1.0_model.json": "76f403cb868d82da151a56b2d8477967303baa5e0ec5224b13b2e70de4c3be2b" }
  }
}
\`\`\`

\`\`\`json yanked
[{ "name": "ML-DGA-20261101-1", "reason": "it flags every domain", "replacement": "ML-DGA-20261110-2" }]
\`\`\`

### A pipeline that only the yanked release holds

- Place: \`dga_1000_1.0_ingest_pipeline1.json\`
- Says: of ML-DGA-20261101-1, yanked: it loses events.

\`\`\`json history
{
  "ML-DGA-20261101-1": {
    "entries": { "ingest_pipeline1.json": "8425cf7e877516eddb0a5f73bb60b3acc423d86deef4465b40f9004a857ef9eb" }
  }
}
\`\`\`

\`\`\`json yanked
[{ "name": "ML-DGA-20261101-1", "reason": "it loses events" }]
\`\`\`

### Detections on a yanked model

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Says: The bundle rests on ML-DGA-20261122-1, yanked: it flags every domain; use ML-DGA-20261122-2 instead.
- Says: Rest it on ML-DGA-20261122-2

\`\`\`json history
{ "ML-DGA-20261122-1": { "models": ["dga_900_1.0"], "entries": {} } }
\`\`\`

\`\`\`json yanked
[{ "name": "ML-DGA-20261122-1", "reason": "it flags every domain", "replacement": "ML-DGA-20261122-2" }]
\`\`\`

### The yanked release itself

- Says: \`ML-DGA-20261122-2\` is yanked: it flags every domain.

\`\`\`json history
{ "ML-DGA-20261122-2": "the same files" }
\`\`\`

\`\`\`json yanked
[{ "name": "ML-DGA-20261122-2", "reason": "it flags every domain" }]
\`\`\`

### An entry with the digest of something else

- Severity: \`note\`
- Says: with a manifest of sha256 000000000000000000000000000000000000000000000000000000000000dead; published is
- Says: It counts as yanked

\`\`\`json history
{ "ML-DGA-20261101-1": { "entries": {} } }
\`\`\`

\`\`\`json yanked
[
  {
    "name": "ML-DGA-20261101-1",
    "reason": "it flags every domain",
    "manifestSha256": "000000000000000000000000000000000000000000000000000000000000dead"
  }
]
\`\`\`

### An entry of a release that never was

- Severity: \`note\`
- Says: ml-detection-release.toml yanks ML-DGA-20261101-7, which is not in the store.

\`\`\`json yanked
[{ "name": "ML-DGA-20261101-7", "reason": "a slip of the number" }]
\`\`\`

## Passes

### A file that a release holds which is not yanked

- Name: \`ML-DGA-20261122-3\`

\`\`\`json history
{
  "ML-DGA-20261101-1": {
    "entries": { "pipeline1.json": "8425cf7e877516eddb0a5f73bb60b3acc423d86deef4465b40f9004a857ef9eb" }
  },
  "ML-DGA-20261110-2": {
    "entries": { "pipeline1.json": "8425cf7e877516eddb0a5f73bb60b3acc423d86deef4465b40f9004a857ef9eb" }
  }
}
\`\`\`

\`\`\`json yanked
[{ "name": "ML-DGA-20261101-1", "reason": "it flags every domain" }]
\`\`\`

### Nothing of the yanked release

\`\`\`json history
{
  "ML-DGA-20261101-1": {
    "entries": { "dga_900_1.0_model.json": "000000000000000000000000000000000000000000000000000000000000dead" }
  }
}
\`\`\`

\`\`\`json yanked
[{ "name": "ML-DGA-20261101-1", "reason": "it flags every domain" }]
\`\`\`
`,"release-without-manifest":`# release-without-manifest \xB7 note

Earlier releases could not be compared: they have no readable manifest.

Names and hashes of models are compared through the manifests of earlier releases. Some of those releases have no manifest, or one that cannot be read: they are listed here, and none of their files was compared.

## Why it matters

The historic tool made the manifest after publishing and left it out when that step failed; when it compared, it dropped such releases without a word. "No model was found twice" is worth as much as the list of what was looked at.

## How to mend it

Nothing, for this bundle. To compare by hand, download the releases named.

## Fails

- Says: 1 release has no manifest: ML-DGA-20260801-1. Its files were not compared.
- Says: The manifest of ML-DGA-20260901-2 cannot be read: it is not JSON

\`\`\`json history
{
  "ML-DGA-20260801-1": "no manifest",
  "ML-DGA-20260901-2": { "unreadable": "it is not JSON" }
}
\`\`\`

- Name: \`ML-DGA-20261122-3\`

## Passes

\`\`\`json history
{ "ML-DGA-20260801-1": {} }
\`\`\`
`,"definition-published-before":`# definition-published-before \xB7 warning

A job or rule has the name of one in the last release of the family.

A job, datafeed, rule name or \`rule_id\` of this bundle is in the newest earlier release of the family. The message says whether the file is the same as there. Of more than twenty, the rest is counted.

## Why it matters

Elasticsearch refuses a job whose id exists, and overwriting one deletes what it has learnt. A rule with a published name or \`rule_id\` replaces the rule that an analyst has tuned, or stands beside it as a second one that raises every alert twice.

## How to mend it

If it is meant to replace the published one, accept the warning. If it is a new one, give it a name of its own, and a rule a new \`rule_id\`.

## Fails

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Name: \`ML-experimental-detections-20261122-2\`
- Place: \`experimental-rare-dga-domain.json:30:11\`
- Place: \`experimental_dns_request_predicted_dga.toml:12:11\`
- Says: The job \`experimental-rare-dga-domain\` is in ML-experimental-detections-20261101-1 already, in a file of other content.

\`\`\`json history
{
  "ML-experimental-detections-20261101-1": {
    "definitions": {
      "job": ["experimental-rare-dga-domain"],
      "rule-id": ["0f6a6a52-2f0c-4a0c-9d2e-3a6f9c1f1a02"]
    }
  }
}
\`\`\`

## Passes

### Not in the newest release

- Base: \`examples/ML-experimental-detections-20261122-1\`
- Name: \`ML-experimental-detections-20261122-3\`

\`\`\`json history
{
  "ML-experimental-detections-20261101-1": { "definitions": { "job": ["experimental-rare-dga-domain"] } },
  "ML-experimental-detections-20261108-2": { "definitions": { "job": ["experimental-rare-process"] } }
}
\`\`\`

### A finished release

- Base: \`examples/ML-experimental-detections-20261122-1\`

\`\`\`json history
{ "ML-experimental-detections-20261122-1": "the same files" }
\`\`\`
`,"history-irregular":`# history-irregular \xB7 note

The history of the store has gaps, or was changed after publishing.

What was read of the store is not whole: a release that its index lists is no longer there, a part of a manifest cannot be used, or the index differs from what the manifests say.

## Why it matters

Uniqueness is only as good as the history it is compared with. Somebody deleted a release, edited a manifest, or the store was copied in part; each release names the index that it was made from, so such a change shows.

## How to mend it

Find out who changed the store. \`mldr reindex\` rebuilds the index from all manifests and says what differs. A name that was published once stays taken.

## Fails

- Name: \`ML-DGA-20261122-3\`
- Says: Published once and no longer in the store: ML-DGA-20261101-2.

\`\`\`json history
{ "ML-DGA-20261001-1": {}, "ML-DGA-20261101-2": "removed" }
\`\`\`

## Passes

\`\`\`json history
{ "ML-DGA-20261001-1": {} }
\`\`\`
`,"configuration-changed":`# configuration-changed \xB7 warning

A pull request from a fork changes the configuration that judges it.

The action compares \`ml-detection-release.toml\` (or the file of its input \`config\`) with the commit that the pull request starts from, by git: written, changed or removed, and the file that a link leads to likewise. Where git does not know that commit, a note says so. Other runs are not compared: who pushes to the repository may change its settings.

## Why it matters

The file makes checks lighter, lifts limits, defines kinds and names the store. A stranger who may write it shares in the verdict over their own bundle, and a green check means what they want it to mean.

## How to mend it

Read the change of the file first. If the settings are wanted, merge them by a pull request of their own, and let the bundle follow. For the note: check out with \`fetch-depth: 2\` or more.

## Fails

### The file is written

- Fork: \`written\`
- Says: writes \`ml-detection-release.toml\`

### The file is removed

- Fork: \`removed\`
- Says: removes \`ml-detection-release.toml\`

### Nobody can tell

- Fork: \`git cannot say what changed since 0123abc.\`
- Severity: \`note\`
- Says: is not known: git cannot say what changed since 0123abc.

## Passes

### The fork leaves the file as it is

- Fork: \`none\`

### No fork started the run

The base bundle, as it is.
`};
