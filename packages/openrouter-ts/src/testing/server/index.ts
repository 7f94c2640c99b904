export { startSimulatorServer } from './start-simulator-server.ts';
export type { SimulatorServer, SimulatorServerOptions } from './start-simulator-server.ts';
