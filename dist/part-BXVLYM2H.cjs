"use strict";var d=Object.defineProperty;var $=Object.getOwnPropertyDescriptor;var v=Object.getOwnPropertyNames;var k=Object.prototype.hasOwnProperty;var A=(e,t)=>{for(var s in t)d(e,s,{get:t[s],enumerable:!0})},j=(e,t,s,r)=>{if(t&&typeof t=="object"||typeof t=="function")for(let i of v(t))!k.call(e,i)&&i!==s&&d(e,i,{get:()=>t[i],enumerable:!(r=$(t,i))||r.enumerable});return e};var x=e=>j(d({},"__esModule",{value:!0}),e);var B={};A(B,{init:()=>_});module.exports=x(B);var f=require("./core.cjs")("part-VC3ZB3UQ.cjs"),y=require("./core.cjs")("part-5Y7RVJG4.cjs"),p=require("./start.cjs")("part-SVPMFQIB.cjs"),b=require("./core.cjs")("part-KMYQMP4D.cjs"),N=require("./core.cjs")("part-NYKK3A2I.cjs"),R=require("./start.cjs")("part-N6XQKZGZ.cjs"),P=require("./start.cjs")("part-KANF5643.cjs"),W=require("./start.cjs")("part-QVG3O72B.cjs"),w=require("node:fs"),l=require("node:fs/promises"),o=require("node:path");function M(e){let t=`bundles/ML-experimental-detections-${e}-1`,s="experimental-high-sum-dga-probability";return[[`${t}/README.md`,`# Experimental detections

What they find, what they need, and who answers for them.
`],[`${t}/${s}.json`,h(D(s))],[`${t}/datafeed-${s}.json`,h(S(s))],[`${t}/${s.replaceAll("-","_")}.toml`,q(s,e)]]}function h(e){return`${JSON.stringify(e,void 0,2)}
`}function D(e){return{name:e,type:"anomaly_detection",body:{description:"Hosts whose DNS requests carry an unusually high total DGA probability.",groups:["experimental","dns"],analysis_config:{bucket_span:"15m",detectors:[{function:"high_sum",field_name:"ml_is_dga.malicious_probability",over_field_name:"source.ip"}],influencers:["source.ip"]},data_description:{time_field:"@timestamp"}}}}function S(e){return{name:`datafeed-${e}`,type:"datafeed",body:{job_id:e,indices:["packetbeat-*","logs-network_traffic.dns-*"],query:{exists:{field:"ml_is_dga.malicious_probability"}}}}}function q(e,t){let s=`${t.slice(0,4)}/${t.slice(4,6)}/${t.slice(6)}`;return`[metadata]
creation_date = "${s}"
updated_date = "${s}"
maturity = "experimental"

[rule]
author = ["Your team"]
name = "Experimental ML: Unusual Total DGA Probability for a Host"
description = "A host asked for many names that the DGA model rates as likely generated."
type = "machine_learning"
rule_id = "5d1f6b0e-2f43-4b1c-9a76-0c1f3a1e7d01"
machine_learning_job_id = "${e}"
anomaly_threshold = 70
from = "now-45m"
interval = "15m"
risk_score = 21
severity = "low"
note = "Start the job \`${e}\` and its datafeed first."
`}var L=`# Settings of mldr; every key is described in docs/configuration.md. All of it is optional.
version = 1

# Where releases live. By default: in a workflow the releases of its repository, else the folder \`releases\`.
# store = "github:owner/repo"

# A check may weigh more or less, for a reason that every report prints, until a day:
# [[severity]]
# check = "model-hash-reused"
# severity = "note"
# reason = "the model of September is released again on purpose"
# until = "2027-01-31"

# [limits]
# entries = 2000

# A release that nobody is to use any more; the digest is that of its manifest, which \`mldr verify\` prints:
# [[yanked]]
# tag = "ML-DGA-20261122-2"
# digest = "sha256:\u2026"
# reason = "it takes the domains of one provider for generated"
# replacement = "ML-DGA-20261124-3"

# A script of a pipeline, job or rule that somebody has read; \`mldr validate\` prints the sha256 of those that nobody has:
# [[script]]
# sha256 = "\u2026"
# reason = "read by A. B.: it writes process_* only, and ends after 100 rounds"

# A family of the team's own:
# [[kind]]
# id = "ml-process-behaviour"
# family = "ML-ProcessBehaviour"
# [[kind.role]]
# id = "model"
# pattern = "process_<id>_model.json"
# format = "elastic-model"
# count = "one"
# defines = [{ space = "model", id = "process_<id>" }]
`,m="ml-detection-release/ml-detection-release/.github/workflows",c=`v${p.b} # its commit: git ls-remote https://github.com/ml-detection-release/ml-detection-release 'v${p.b}^{}'`,G=`name: Validate detections
on: pull_request
permissions: {}
jobs:
  validate:
    permissions:
      contents: read # to check out the pull request, and to read earlier releases
    uses: ${m}/validate.yml@${c}
`,E=`name: Release detections
on: { push: { tags: ['ML-*'] } }
permissions: {}
jobs:
  release:
    permissions:
      contents: write # to publish the release
      id-token: write # to sign the attestation
      attestations: write # to store the attestation
    uses: ${m}/release.yml@${c}
`,F=`name: Rehearse a release
on: { workflow_dispatch: { inputs: { bundle: { type: string, required: true } } } }
permissions: {}
jobs:
  rehearse:
    permissions:
      contents: read # to check out the commit
    uses: ${m}/rehearse.yml@${c}
    with:
      bundle: \${{ inputs.bundle }}
`;async function _(e){let t=(0,o.resolve)(e.host.cwd,e.inputs.out??"."),s=new Map([[b.a,L],[".github/workflows/validate-detections.yml",G],[".github/workflows/release-detections.yml",E],...M((0,f.d)(e.now))]),r=[],i=[];for(let[a,g]of s){let n=(0,o.join)(t,a);(0,w.existsSync)(n)?i.push(a):(await(0,y.b)(n,async()=>{await(0,l.mkdir)((0,o.dirname)(n),{recursive:!0}),await(0,l.writeFile)(n,g,{flag:"wx"})}),r.push(a))}let u=(0,o.relative)(e.host.cwd,t);return{subjects:[],result:{written:r,kept:i},text:[...r.map(a=>`wrote  ${a}`),...i.map(a=>`kept   ${a}`),"",`Next: ${u===""?"":`cd ${u} && `}mldr validate`]}}0&&(module.exports={init});
