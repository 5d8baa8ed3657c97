// SPEC 2.1 to 2.5 and 3.1 in English, with the exact labels.
import { testCustomerIn } from './customer_flow.mjs';
import { english } from './labels.mjs';

testCustomerIn(english);
