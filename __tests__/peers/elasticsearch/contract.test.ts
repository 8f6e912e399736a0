import { elasticContract } from '../../elastic-server/contract/contract.ts';
import { startNode } from './node.ts';

elasticContract('a real node', startNode);
