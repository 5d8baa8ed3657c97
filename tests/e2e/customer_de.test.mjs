// SPEC 2.1 to 2.5 and 3.1 in German, with the exact labels.
import { testCustomerIn } from './customer_flow.mjs';
import { german } from './labels.mjs';

testCustomerIn(german);
