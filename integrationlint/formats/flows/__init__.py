"""Flow definitions: one module per platform, all lowering to the neutral flow elements.

The tree
    document                      one file; it may hold several flows
    ├── resource                  a connection, queue, contract, property file, … that flows refer to
    └── flow                      kind: flow, subflow, error (a shared error handler), test
        ├── trigger               what starts it; a flow without one is started by another flow or by hand
        ├── handler               what happens to errors of the whole flow; its body is child steps
        └── step                  one thing it does
            ├── handler           what happens to errors of this step or scope
            └── step …            what a branch, loop, scope or try holds

The graph
    Edges run between sibling steps only, by label (`model.flow`): the name, and `name~2` for the second of that name.
    - `start` of a flow and `branches` of a step are the labels of the child steps that are entered: all of them when
      `step` is `parallel`, one of them when it is `branch`, again and again when it is `loop`, otherwise once.
    - `next` of a step is a tuple of `Next`: where control goes when the step and all that it holds are done.
    - `terminal` is true where the platform says that the scope ends there. A step with neither `next` nor `terminal`
      goes nowhere. At the end of a scope control returns to the step that holds it, and follows that step's `next`.
    - `next` of a handler is where an error is routed; `body` holds the labels of its own child steps in order, the
      first of them is entered. A handler with neither swallows the error (`action` is `continue`) or passes it on.
    So in each scope: a label that no sibling has dangles; a sibling not reached from the entries, over `next` and the
    `next` of handlers, is dead; a cycle over `next` is a loop; a `branch` with `hasDefault` false may match nothing.

The facts (a `Value` where the table says so; durations in milliseconds, where 0 and -1 mean: without end)
    flow      platform, dialect, kind, caps, start; Values: timeout, logging (level), tracing, payloadLogging (whether
              messages are logged), concurrency
    trigger   trigger: http, schedule, queue, stream, file, db-poll, event, manual or unknown; protocol, method;
              Values: address, schedule, timeZone, ack (auto, manual, transacted), concurrency, deadLetter, redelivery
              (re-deliveries), auth, timeout, transactional, validates (checks what arrives against a contract)
    step      step: call, publish, receive, transform, script, validate, log, notify, branch, parallel, loop, scope,
              try, subflow, wait, respond, raise, end, state, human, other; raw_type as the platform says it;
              protocol; method: the HTTP method or the operation; text: log message, script, query or cause;
              level, category of a log; error: the name raised; callback: waits until somebody answers;
              retry: the first `Retry`, ABSENT or UNSUPPORTED; retries: all of several; condition of a branch;
              secrets: names to Values; Values: address, timeout, heartbeat, delay (of a wait), idempotency (the key),
              auth, tls (encrypted), verified (certificates are checked), bounded (ends by itself), concurrency (0:
              without limit), ignoreErrors, transactional
              reads, writes, sends: dotted paths of what it takes from the message, puts into it, and hands over to
              whom it calls. A bare path is in the body, `*` is the whole body; `vars.`, `attributes.` (headers and
              parameters), `result.` (the answer to its own call) and `error.` say otherwise. Positions are left out
    handler   catches: names of errors, () for any; condition; action: propagate, continue, route or unknown; level:
              step, scope, flow, global; logged
    resource  resource: endpoint, queue, topic, database, file, saas, function, contract, property, credential,
              configuration; raw_type; protocol; Values: address, auth, tls, verified, timeout, deadLetter; retry of
              the connection; secrets and settings: names to Values

`caps` of a flow names what its platform can say at all, for everything in it: branch.default, dlq, log.message,
loop.concurrency; after `flow.`: error_handler, logging, timeout, tracing; after `step.`: auth, error_handler,
heartbeat, retry, retry.backoff, retry.jitter, timeout, tls, transaction; after `trigger.`: ack, auth, concurrency,
schedule, validation.
A secret that is written out is an explicit Value whose text is not kept. An effective value may be written in the
resource that a step refers to: it stays explicit and its pointer says where; when that resource is in another file the
Value is external and the step `extends` the key `config:NAME`.

Keys offered and used: `flow:NAME`, `error-handler:NAME`, `config:NAME`, `function:NAME`, `queue:NAME`, `topic:NAME`,
`http:METHOD /path/{}`, `file:PATH`.
"""
