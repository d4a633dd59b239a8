/** Plays a phone that shows rooms (WebXR): an eye, a table, a camera's picture that is black. Frames come as they do. */
{
  const EYE_DEGREES = 90;
  const table = { x: 0, y: -0.7, z: -0.5, w: 1 };
  const room = { frames: 0, moved: 0, surface: false, session: undefined };
  window.room = room;

  const canvasOf = () => document.querySelector(".model-hold canvas");
  WebGL2RenderingContext.prototype.makeXRCompatible = async () => undefined;
  // What the device's own picture would be drawn into is the page's canvas here: it can be looked at.
  window.XRWebGLBinding = undefined;
  window.XRWebGLLayer = class {
    framebuffer = null;
    framebufferWidth = 400;
    framebufferHeight = 400;
    ignoreDepthValues = true;
    getViewport() {
      return { x: 0, y: 0, width: 400, height: 400 };
    }
  };
  window.XRRigidTransform = class {
    constructor(position) {
      this.position = { x: 0, y: 0, z: 0, w: 1, ...position };
    }
  };

  class Space {
    constructor(offset = { x: 0, y: 0, z: 0 }) {
      this.offset = offset;
    }
    getOffsetReferenceSpace({ position: { x, y, z } }) {
      return new Space({ x: this.offset.x + x, y: this.offset.y + y, z: this.offset.z + z });
    }
  }

  /** The eye is at the room's origin and looks to where the table was first. */
  const down = Math.atan2(table.y, -table.z);

  function viewerPose({ offset }) {
    const [c, s] = [Math.cos(down), Math.sin(down)];
    const matrix = [1, 0, 0, 0, 0, c, s, 0, 0, -s, c, 0, -offset.x, -offset.y, -offset.z, 1];
    const f = 1 / Math.tan((EYE_DEGREES * Math.PI) / 360);
    const [near, far] = [0.02, 30];
    const projectionMatrix = [
      f,
      0,
      0,
      0,
      0,
      f,
      0,
      0,
      0,
      0,
      (far + near) / (near - far),
      -1,
      0,
      0,
      (2 * far * near) / (near - far),
      0,
    ];
    const wide = (numbers) => new Float32Array(numbers);
    return { views: [{ eye: "none", projectionMatrix: wide(projectionMatrix), transform: { matrix: wide(matrix) } }] };
  }

  class Session extends EventTarget {
    renderState = {};
    inputSources = [];
    enabledFeatures = ["hit-test", "dom-overlay"];
    environmentBlendMode = "alpha-blend";
    updateRenderState(state) {
      this.renderState = state;
    }
    async requestReferenceSpace() {
      return new Space();
    }
    async requestHitTestSource() {
      return {};
    }
    requestAnimationFrame(draw) {
      const frame = {
        session: this,
        getViewerPose: viewerPose,
        getHitTestResults: () => (room.surface ? [{ getPose: () => ({ transform: { position: { ...table } } }) }] : []),
      };
      return requestAnimationFrame((at) => {
        draw(at, frame);
        room.frames += 1;
        room.pixels = read();
      });
    }
    cancelAnimationFrame(asked) {
      cancelAnimationFrame(asked);
    }
    async end() {
      this.dispatchEvent(new Event("end"));
    }
  }

  /** Read while the frame is drawn: afterwards the canvas may be empty. */
  function read() {
    const gl = canvasOf()?.getContext("webgl2");
    if (!gl) return [];
    const pixels = new Uint8Array(400 * 400 * 4);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.readPixels(0, 0, 400, 400, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    return pixels;
  }

  /** The share of the picture in which something solid stands; a shadow is thinner. */
  room.seen = () => (room.pixels ?? []).filter((value, index) => index % 4 === 3 && value > 200).length / (400 * 400);
  room.moveTable = (further) => {
    table.z += further;
    room.moved = room.frames;
  };
  room.tap = () => {
    room.moved = room.frames;
    room.session.dispatchEvent(new Event("select"));
  };
  Object.defineProperty(navigator, "xr", {
    value: {
      isSessionSupported: async (mode) => mode === "immersive-ar",
      requestSession: async () => {
        room.session = new Session();
        return room.session;
      },
    },
  });
}
