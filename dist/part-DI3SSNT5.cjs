"use strict";var d=Object.defineProperty;var g=Object.getOwnPropertyDescriptor;var k=Object.getOwnPropertyNames;var v=Object.prototype.hasOwnProperty;var x=(e,t)=>{for(var i in t)d(e,i,{get:t[i],enumerable:!0})},j=(e,t,i,r)=>{if(t&&typeof t=="object"||typeof t=="function")for(let s of k(t))!v.call(e,s)&&s!==i&&d(e,s,{get:()=>t[s],enumerable:!(r=g(t,s))||r.enumerable});return e};var A=e=>j(d({},"__esModule",{value:!0}),e);var G={};x(G,{init:()=>_});module.exports=A(G);var f=require("./core.cjs")("part-KCAK2W6F.cjs"),h=require("./core.cjs")("part-TVV5QPVK.cjs"),N=require("./core.cjs")("part-TANMCYIE.cjs"),y=require("./core.cjs")("part-FGV7JE24.cjs"),b=require("./start.cjs")("part-SVPMFQIB.cjs"),P=require("./start.cjs")("part-7N5KPLNH.cjs"),W=require("./start.cjs")("part-QVG3O72B.cjs"),w=require("node:fs"),l=require("node:fs/promises"),a=require("node:path");function M(e){let t=`bundles/ML-experimental-detections-${e}-1`,i="experimental-high-sum-dga-probability";return[[`${t}/README.md`,`# Experimental detections

What they find, what they need, and who answers for them.
`],[`${t}/${i}.json`,p(S(i))],[`${t}/datafeed-${i}.json`,p(q(i))],[`${t}/${i.replaceAll("-","_")}.toml`,D(i,e)]]}function p(e){return`${JSON.stringify(e,void 0,2)}
`}function S(e){return{name:e,type:"anomaly_detection",body:{description:"Hosts whose DNS requests carry an unusually high total DGA probability.",groups:["experimental","dns"],analysis_config:{bucket_span:"15m",detectors:[{function:"high_sum",field_name:"ml_is_dga.malicious_probability",over_field_name:"source.ip"}],influencers:["source.ip"]},data_description:{time_field:"@timestamp"}}}}function q(e){return{name:`datafeed-${e}`,type:"datafeed",body:{job_id:e,indices:["packetbeat-*","logs-network_traffic.dns-*"],query:{exists:{field:"ml_is_dga.malicious_probability"}}}}}function D(e,t){let i=`${t.slice(0,4)}/${t.slice(4,6)}/${t.slice(6)}`;return`[metadata]
creation_date = "${i}"
updated_date = "${i}"
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
`}var E=`# Settings of mldr; every key is described in docs/configuration.md. All of it is optional.
version = 1
store = "dir:releases"

# A check may weigh more or less, for a reason that every report prints, until a day:
# [[severity]]
# check = "model-hash-reused"
# severity = "note"
# reason = "the model of September is released again on purpose"
# until = "2027-01-31"

# [limits]
# entries = 2000

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
`,m="ml-detection-release/ml-detection-release/.github/workflows",c=`v${b.b}`,L=`name: Validate detections
on: pull_request
permissions: {}
jobs:
  validate:
    permissions:
      contents: read # to check out the pull request, and to read earlier releases
    uses: ${m}/validate.yml@${c}
`,R=`name: Release detections
on: { push: { tags: ['ML-*'] } }
permissions: {}
jobs:
  release:
    permissions:
      contents: write # to publish the release
      id-token: write # to sign the attestation
      attestations: write # to store the attestation
    uses: ${m}/release.yml@${c}
`,B=`name: Rehearse a release
on: { workflow_dispatch: { inputs: { bundle: { type: string, required: true } } } }
permissions: {}
jobs:
  rehearse:
    permissions:
      contents: read # to check out the commit
    uses: ${m}/rehearse.yml@${c}
    with:
      bundle: \${{ inputs.bundle }}
`;async function _(e){let t=(0,a.resolve)(e.host.cwd,e.inputs.out??"."),i=new Map([[h.a,E],[".github/workflows/validate-detections.yml",L],[".github/workflows/release-detections.yml",R],...M((0,y.c)(e.now))]),r=[],s=[];for(let[o,$]of i){let n=(0,a.join)(t,o);(0,w.existsSync)(n)?s.push(o):(await(0,f.a)(n,async()=>{await(0,l.mkdir)((0,a.dirname)(n),{recursive:!0}),await(0,l.writeFile)(n,$,{flag:"wx"})}),r.push(o))}let u=(0,a.relative)(e.host.cwd,t);return{subjects:[],result:{written:r,kept:s},text:[...r.map(o=>`wrote  ${o}`),...s.map(o=>`kept   ${o}`),"",`Next: ${u===""?"":`cd ${u} && `}mldr validate`]}}0&&(module.exports={init});
