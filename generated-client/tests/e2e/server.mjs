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

// Called with `all`, it has another workspace with something of every kind, so that each path finds what it works on. Some of
// it shows in every workspace, so that it is not there for tests that count.
const seedAll = () => {
  const all_api_key = "seam_e2eall_long0token"
  const of_all = { workspace_id: uuid(4), connected_account_id: uuid(5) }
  database.addWorkspace({ workspace_id: of_all.workspace_id, name: "All", is_sandbox: true })
  database.addApiKey({ workspace_id: of_all.workspace_id, name: "all", token: all_api_key })
  database.addConnectedAccount({ ...of_all, provider: "august", user_identifier: { email: "all@example.com" } })
  const climate = { is_cooling_available: true, is_heating_available: true, min_heating_cooling_delta_celsius: 0 }
  const [lock, thermostat, sensor, unmanaged] = [20, 21, 22, 23].map(uuid)
  const can = { can_remotely_lock: true, can_remotely_unlock: true, can_program_online_access_codes: true }
  database.addDevice({ ...of_all, ...can, device_id: lock, device_type: "august_lock", name: "Lock", properties: { locked: true } })
  database.addDevice({ ...of_all, device_id: thermostat, device_type: "nest_thermostat", name: "Thermostat", properties: climate })
  database.addDevice({ ...of_all, device_id: sensor, device_type: "minut_sensor", name: "Sensor", properties: {} })
  database.addDevice({
    ...of_all,
    ...can,
    device_id: unmanaged,
    device_type: "august_lock",
    name: "Unmanaged",
    properties: { locked: true },
  })
  database.updateDevice({ device_id: unmanaged, is_managed: false })
  const { workspace_id: of_workspace } = of_all
  const code = { device_id: lock, workspace_id: of_workspace, starts_at: "2099-01-01T00:00:00Z", ends_at: "2099-01-02T00:00:00Z" }
  database.addAccessCode({ ...code, type: "time_bound", code: "1357", name: "Guest" })
  database.addUserIdentity({
    workspace_id: of_workspace,
    user_identity_id: uuid(6),
    user_identity_key: "all",
    email_address: "all@example.com",
  })
  const { acs_system_id } = database.addAcsSystem({ ...of_all, external_type: "visionline_system", name: "System" })
  database.addAcsAccessGroup({
    acs_system_id,
    workspace_id: of_workspace,
    external_type: "salto_access_group",
    name: "Group",
  })
  database.addAcsEntrance({ acs_system_id, display_name: "Entrance" })
  return {
    all_api_key,
    all_workspace_id: of_workspace,
    // What no path lists.
    acs_access_group_id: database.acs_access_groups[0].acs_access_group_id,
  }
}
const all = process.argv.includes("all") ? seedAll() : {}
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
    ...all,
    bridge_client_session_token: database.bridge_client_sessions[0].bridge_client_session_token,
  }),
)

process.stdin.on("end", () => process.exit(0)).resume()
