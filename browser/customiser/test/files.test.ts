import { expect, test } from "vitest";
import { acceptAttribute, isTaken, namesOf, takenBy } from "../src/file-kinds.ts";
import { createUploads, pictureHref, withUploads } from "../src/uploads.ts";

const PHOTO = {
  sha256: "a1",
  kind: "picture",
  name: "photo.jpg",
  address: "https://spiff.example/files/a1",
  widthPx: 300,
  heightPx: 200,
};

test("a step that names no kinds takes pictures and drawings; one picture format stands for all", () => {
  const all = takenBy({ whitelistedExtensions: [] });
  const photos = takenBy({ whitelistedExtensions: [".JPG"] });
  const drawings = takenBy({ whitelistedExtensions: [".svg", ".pdf"] });

  expect([isTaken("a.heic", all), isTaken("a.SVG", all), isTaken("a.pdf", all)]).toEqual([true, true, false]);
  expect([isTaken("a.png", photos), isTaken("a.svg", photos)]).toEqual([true, false]);
  expect(drawings).toEqual([".svg"]);
});

test("a JPEG that Windows saved from a page is a photo like others", () => {
  expect(isTaken("photo.jfif", takenBy({ whitelistedExtensions: [".png"] }))).toBe(true);
});

test("a name that says nothing is for the server to look at", () => {
  expect(isTaken("photo", [".png"])).toBe(true);
});

test("a file input hears of names and types, a shopper of names", () => {
  expect(acceptAttribute([".jpg", ".jpeg"])).toBe(".jpg,.jpeg,image/jpeg");
  expect(namesOf([".jpg", ".jpeg", ".svg"])).toEqual(["JPG", "SVG"]);
});

test("composing hears of uploads before the server is asked again", () => {
  const video = { ...PHOTO, sha256: "b2", kind: "video", address: "https://spiff.example/files/b2" };
  const drawing = { sha256: "c3", kind: "drawing", name: "bee.svg", address: "https://spiff.example/files/c3" };

  const context = withUploads({ seed: 7, drawings: ["c3"], pictures: {} }, [PHOTO, video, drawing]);

  expect(context).toEqual({
    seed: 7,
    pictures: { a1: { widthPx: 300, heightPx: 200 } },
    drawings: ["c3"],
    links: { b2: "https://spiff.example/files/b2" },
  });
});

test("a picture is seen by its proxy, a small one by itself", () => {
  expect(pictureHref({ ...PHOTO, proxy: "d4" })).toBe("https://spiff.example/files/d4");
  expect(pictureHref({ ...PHOTO, proxy: null })).toBe(PHOTO.address);
});

test("another transaction has other uploads", () => {
  const uploads = createUploads([PHOTO]);

  expect([...uploads.forget().keys()]).toEqual(["a1"]);
  expect(uploads.all.value.size).toBe(0);
});
