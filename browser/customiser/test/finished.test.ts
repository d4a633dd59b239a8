// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { findFinished, rememberFinished } from "../src/finished.ts";

const open = () => localStorage;
const design = (transactionId: string) => ({
  transactionId,
  ownerToken: `token of ${transactionId}`,
  integrationProductId: "p1",
  workflowId: "w1",
});

beforeEach(() => localStorage.clear());

test("what was not finished here is not found", () => {
  expect(findFinished(open, "t1")).toBeUndefined();
});

test("storage that is blocked or spoiled keeps nothing and breaks nothing", () => {
  const blocked = () => {
    throw new Error("blocked");
  };
  rememberFinished(blocked, design("t1"));
  localStorage.setItem("spiff.finished", '[{"transactionId":"t1"}, 7, null]');

  expect(findFinished(blocked, "t1")).toBeUndefined();
  expect(findFinished(open, "t1")).toBeUndefined();
});

test("a finished design is found by its transaction, each once", () => {
  rememberFinished(open, design("t1"));
  rememberFinished(open, design("t2"));
  rememberFinished(open, { ...design("t1"), workflowId: "w2" });

  expect(findFinished(open, "t1")?.workflowId).toBe("w2");
  expect(findFinished(open, "t2")).toEqual(design("t2"));
  expect(JSON.parse(localStorage.getItem("spiff.finished") ?? "").length).toBe(2);
});

test("the newest fifty are kept", () => {
  for (let number = 0; number < 60; number += 1) rememberFinished(open, design(`t${number}`));

  expect(findFinished(open, "t9")).toBeUndefined();
  expect(findFinished(open, "t59")?.ownerToken).toBe("token of t59");
});
