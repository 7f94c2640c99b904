export { costOf, type Cost, type CostLine, type CostOptions, type KnownCost, type UnknownCost } from './cost-of.ts';
export { add, decimal, isNegative, toNumber, toText, zero, type Decimal } from './decimal.ts';
export { compare, multiply, subtract } from './decimal-arithmetic.ts';
export type { PricedMoment } from './override-applies.ts';
export type { PriceKey } from './price-key.ts';
export { pricesFor, type Price, type PriceQuestion, type PricesInForce } from './prices-for.ts';
export { tellCost, tellUpstreamCost } from './tell-cost.ts';
