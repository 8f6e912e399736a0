"use strict";
var K=Object.create;var m=Object.defineProperty;var Q=Object.getOwnPropertyDescriptor;var Y=Object.getOwnPropertyNames;var C=Object.getPrototypeOf,R=Object.prototype.hasOwnProperty;var a=(e,t)=>()=>{try{return t||e((t={exports:{}}).exports,t),t.exports}catch(s){throw t=0,s}},T=(e,t)=>{for(var s in t)m(e,s,{get:t[s],enumerable:!0})},y=(e,t,s,l)=>{if(t&&typeof t=="object"||typeof t=="function")for(let r of Y(t))!R.call(e,r)&&r!==s&&m(e,r,{get:()=>t[r],enumerable:!(l=Q(t,r))||l.enumerable});return e};var i=(e,t,s)=>(s=e!=null?K(C(e)):{},y(t||!e||!e.__esModule?m(s,"default",{value:e,enumerable:!0}):s,e)),W=e=>y(m({},"__esModule",{value:!0}),e);var g=a((se,b)=>{b.exports=require("./core.cjs")["part-R2WXVDV3.cjs"]()});var _=a((re,w)=>{w.exports=require("./start.cjs")["part-SVPMFQIB.cjs"]()});var k=a((ae,$)=>{$.exports=require("./core.cjs")["part-VC3ZB3UQ.cjs"]()});var x=a((ie,v)=>{v.exports=require("./core.cjs")["part-WS3J7UQX.cjs"]()});var j=a((oe,A)=>{A.exports=require("./core.cjs")["part-NYKK3A2I.cjs"]()});var S=a((ne,q)=>{q.exports=require("./start.cjs")["part-N6XQKZGZ.cjs"]()});var M=a((le,G)=>{G.exports=require("./start.cjs")["part-DCX3SPBP.cjs"]()});var L=a((de,D)=>{D.exports=require("./start.cjs")["part-QVG3O72B.cjs"]()});var ee={};T(ee,{init:()=>z});module.exports=W(ee);var I=i(g()),c=i(_()),B=i(k()),P=i(x()),me=i(j()),pe=i(S()),ce=i(M()),ue=i(L()),N=require("node:fs"),p=require("node:fs/promises"),o=require("node:path");function X(e){let t=`bundles/ML-experimental-detections-${e}-1`,s="experimental-high-sum-dga-probability";return[[`${t}/README.md`,`# Experimental detections

What they find, what they need, and who answers for them.
`],[`${t}/${s}.json`,E(U(s))],[`${t}/datafeed-${s}.json`,E(Z(s))],[`${t}/${s.replaceAll("-","_")}.toml`,F(s,e)]]}function E(e){return`${JSON.stringify(e,void 0,2)}
`}function U(e){return{name:e,type:"anomaly_detection",body:{description:"Hosts whose DNS requests carry an unusually high total DGA probability.",groups:["experimental","dns"],analysis_config:{bucket_span:"15m",detectors:[{function:"high_sum",field_name:"ml_is_dga.malicious_probability",over_field_name:"source.ip"}],influencers:["source.ip"]},data_description:{time_field:"@timestamp"}}}}function Z(e){return{name:`datafeed-${e}`,type:"datafeed",body:{job_id:e,indices:["packetbeat-*","logs-network_traffic.dns-*"],query:{exists:{field:"ml_is_dga.malicious_probability"}}}}}function F(e,t){let s=`${t.slice(0,4)}/${t.slice(4,6)}/${t.slice(6)}`;return`[metadata]
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
`}var H=`# Settings of mldr; every key is described in docs/configuration.md. All of it is optional.
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

# A cluster that releases are deployed to with \`--target staging\`; another release here is a promotion. Its key comes from
# the environment: ELASTIC_API_KEY_STAGING, or ELASTIC_API_KEY where a run is on this target alone.
# [targets.staging]
# elasticsearch-url = "https://staging.example.com:9243"
# kibana-url = "https://staging-kibana.example.com"
# release = "ML-DGA-20261122-2@sha256:\u2026"

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
`,u="ml-detection-release/ml-detection-release/.github/workflows",h=`v${c.b} # its commit: git ls-remote https://github.com/ml-detection-release/ml-detection-release 'v${c.b}^{}'`,J=`name: Validate detections
on: pull_request
permissions: {}
jobs:
  validate:
    permissions:
      contents: read # to check out the pull request, and to read earlier releases
    uses: ${u}/validate.yml@${h}
`,O=`name: Release detections
on: { push: { tags: ['ML-*'] } }
permissions: {}
jobs:
  release:
    permissions:
      contents: write # to publish the release
      id-token: write # to sign the attestation
      attestations: write # to store the attestation
    uses: ${u}/release.yml@${h}
`,he=`name: Rehearse a release
on: { workflow_dispatch: { inputs: { bundle: { type: string, required: true } } } }
permissions: {}
jobs:
  rehearse:
    permissions:
      contents: read # to check out the commit
    uses: ${u}/rehearse.yml@${h}
    with:
      bundle: \${{ inputs.bundle }}
`;async function z(e){let t=(0,o.resolve)(e.host.cwd,e.inputs.out??"."),s=new Map([[P.a,H],[".github/workflows/validate-detections.yml",J],[".github/workflows/release-detections.yml",O],...X((0,B.d)(e.now))]),l=[],r=[];for(let[n,V]of s){let d=(0,o.join)(t,n);(0,N.existsSync)(d)?r.push(n):(await(0,I.b)(d,async()=>{await(0,p.mkdir)((0,o.dirname)(d),{recursive:!0}),await(0,p.writeFile)(d,V,{flag:"wx"})}),l.push(n))}let f=(0,o.relative)(e.host.cwd,t);return{subjects:[],result:{written:l,kept:r},text:[...l.map(n=>`wrote  ${n}`),...r.map(n=>`kept   ${n}`),"",`Next: ${f===""?"":`cd ${f} && `}mldr validate`]}}0&&(module.exports={init});
