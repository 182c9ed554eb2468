// Reads everything with the package `statuspage.io`, unchanged; says it as one line of JSON.
import {createRequire} from "node:module"

const require = createRequire(process.argv[2] + "/")
const {Statuspage} = require("statuspage.io")
const client = new Statuspage("anybody")
client.setApiUrl(process.argv[3])
const {api} = client
console.log(JSON.stringify({
  summary: await api.getSummary(),
  status: await api.getStatus(),
  components: await api.getComponents(),
  incidents: await api.incidents.getAll(),
  unresolved: await api.incidents.getUnresolved(),
  works: await api.scheduledMaintenances.getAll(),
  upcoming: await api.scheduledMaintenances.getUpcoming(),
  active: await api.scheduledMaintenances.getActive(),
}))
