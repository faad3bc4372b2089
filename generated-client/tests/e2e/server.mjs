// Seam's fake API on a free port of this machine, with one Kwikset workspace in it. When it is ready it prints a line of
// JSON that says where it is and what is in it; it ends when its standard input does.
import net from "node:net"

import { createFake } from "@seamapi/fake-seam-connect"

// The fake cannot be told which address to listen on, and would take all of them.
const { listen } = net.Server.prototype
net.Server.prototype.listen = function (first, ...rest) {
  return typeof first === "number" ? listen.call(this, first, "127.0.0.1", ...rest) : listen.call(this, first, ...rest)
}

const uuid = (number) => `5ea3d00d-0000-4000-8000-${String(number).padStart(12, "0")}`
const workspace_id = uuid(1)
const connected_account_id = uuid(2)
const api_key = "seam_e2ekwikset_long0token"

// The fake leaves Kwikset devices out of /locks/list, so that others stand beside it.
const devices = [
  { device_id: uuid(10), device_type: "kwikset_lock", name: "Kwikset Halo" },
  { device_id: uuid(11), device_type: "yale_lock", name: "Front Door" },
  { device_id: uuid(12), device_type: "august_lock", name: "Back Door" },
]

const fake = await createFake()
const seed = await fake.seed()
const { database } = fake
database.addWorkspace({ workspace_id, name: "E2E", is_sandbox: true })
database.addApiKey({ workspace_id, name: "e2e", token: api_key })
database.addConnectedAccount({
  workspace_id,
  connected_account_id,
  provider: "kwikset",
  user_identifier: { email: "e2e@example.com" },
})
// A second account, so that accounts come in pages.
database.addConnectedAccount({
  workspace_id,
  connected_account_id: uuid(3),
  provider: "august",
  user_identifier: { email: "other@example.com" },
})
for (const { device_id, device_type, name } of devices) {
  database.addDevice({
    workspace_id,
    connected_account_id,
    device_id,
    device_type,
    name,
    display_name: name,
    can_remotely_lock: true,
    can_remotely_unlock: true,
    can_program_online_access_codes: true,
    properties: { name, locked: false, online: true, manufacturer: device_type.replace("_lock", "") },
  })
}
await fake.startServer()

console.log(
  JSON.stringify({
    endpoint: `http://127.0.0.1:${fake.server.port}`,
    api_key,
    workspace_id,
    device_ids: devices.map(({ device_id }) => device_id),
    personal_access_token: seed.seam_at1_token,
    client_session_token: seed.seam_cst1_token,
    publishable_key: seed.seam_pk1_token,
    seeded_workspace_id: seed.seed_workspace_1,
  }),
)

process.stdin.on("end", () => process.exit(0)).resume()
