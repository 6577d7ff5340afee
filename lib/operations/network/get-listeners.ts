import type { PathListeners } from '../../core/model/exposure-view.ts';
import { listenerOf, listenersAt } from '../../core/risk/listeners.ts';
import { idInput, parseInput } from '../console/input.ts';
import { visibleEstate } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';
import { visibleExposure } from './visible-exposure.ts';

/** Which installed servers listen by default at the ports that a path leads to. */
export const getListeners: Operation<{ readonly id: string }, PathListeners> = {
  name: 'GetListeners',
  permission: 'findings:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, caller, { id }) {
    const finding = await visibleExposure(deps, caller, id);
    const { protocol, begin, end } = finding.network;
    const known = listenersAt(protocol === 'TCP' ? 'tcp' : 'udp', begin, end);
    const names = known.flatMap(({ listener }) => listener.servers);
    const { seen, packages } = await deps.reads.namedPackages(visibleEstate(caller), finding.resourceId, names);
    const servers = known.map(({ listener, ports }) => ({
      name: listener.name,
      ports,
      packages: packages
        .filter((one) => listenerOf([one]) === listener)
        .map(({ name, version }) => ({ name, version })),
    }));
    return { seen, servers: servers.filter((one) => one.packages.length > 0) };
  },
};
