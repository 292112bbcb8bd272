import assert from "node:assert/strict";
import { it } from "node:test";
import { hostsOf } from "./database-address.ts";

const cases: readonly [string, readonly string[]][] = [
  ["postgres://u:p@a:5433/leads", ["postgres://u:p@a:5433/leads"]],
  ["postgresql://a/leads?sslmode=require", ["postgresql://a/leads?sslmode=require"]],
  ["postgres://u:p@a:1,b:2/leads", ["postgres://u:p@a:1/leads", "postgres://u:p@b:2/leads"]],
  ["postgres://u@a,b:2/leads", ["postgres://u@a:2/leads", "postgres://u@b:2/leads"]],
  ["postgres://u@a,b/leads", ["postgres://u@a/leads", "postgres://u@b/leads"]],
  ["postgres://u@[::1]:5,[::2]:6/leads", ["postgres://u@[::1]:5/leads", "postgres://u@[::2]:6/leads"]],
  ["postgres://u@a:1,b:2/leads?target_session_attrs=read-write", ["postgres://u@a:1/leads", "postgres://u@b:2/leads"]],
  ["postgres://u@a/leads?target_session_attrs=primary&sslmode=require", ["postgres://u@a/leads?sslmode=require"]],
  ["postgres://u@a:1,b:2/leads?target_session_attrs=standby", []],
  ["postgres://u@a:1,,b:2/leads", []],
  ["postgres://u@a:99999/leads", []],
  ["mysql://a/leads", []],
  ["leads", []],
];
for (const [address, hosts] of cases)
  it(`${address} means ${hosts.length} hosts`, () => assert.deepEqual(hostsOf(address), hosts));
