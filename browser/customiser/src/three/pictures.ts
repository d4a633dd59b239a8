/** Pictures for drawing, fetched once each. */

export interface Pictures {
  /** The picture; undefined as long as it is on its way. */
  get: (href: string) => HTMLImageElement | undefined;
  stop: () => void;
}

/** `arrived` is told of each picture that came. One that cannot be shown stays away, as in the flat view. */
export function createPictures(arrived: () => void): Pictures {
  const known = new Map<string, HTMLImageElement>();
  return {
    get: (href) => {
      const found = known.get(href);
      if (found) return found.complete && found.naturalWidth > 0 ? found : undefined;
      const image = new Image();
      image.crossOrigin = "anonymous";
      image.onload = arrived;
      image.src = href;
      known.set(href, image);
      return undefined;
    },
    stop: () => {
      for (const image of known.values()) image.onload = null;
      known.clear();
    },
  };
}
