/** Small line drawings that go with words or a label; never alone. */

const PATHS = {
  close: "M6 6L18 18M18 6L6 18",
  plus: "M12 5V19M5 12H19",
  minus: "M5 12H19",
  fit: "M4 9V4H9M15 4H20V9M20 15V20H15M9 20H4V15",
  undo: "M9 14L4 9L9 4M4 9H14A6 6 0 0 1 14 21H11",
  redo: "M15 14L20 9L15 4M20 9H10A6 6 0 0 0 10 21H13",
  left: "M14.5 5L7.5 12L14.5 19",
  right: "M9.5 5L16.5 12L9.5 19",
  up: "M5 14.5L12 7.5L19 14.5",
  down: "M5 9.5L12 16.5L19 9.5",
  turnLeft: "M4 5V10H9M4.6 10A8 8 0 1 1 4.3 14.5",
  turnRight: "M20 5V10H15M19.4 10A8 8 0 1 0 19.7 14.5",
  upload: "M12 16V4M7 9L12 4L17 9M4 15V20H20V15",
  film: "M4 5H20V19H4ZM8 5V19M16 5V19M4 9.5H8M4 14.5H8M16 9.5H20M16 14.5H20",
  another: "M4 12A8 8 0 0 1 18 6.7L20 9M20 4V9H15M20 12A8 8 0 0 1 6 17.3L4 15M4 20V15H9",
  play: "M8 5L19 12L8 19Z",
  pause: "M8 5V19M16 5V19",
  expand: "M14 4H20V10M20 4L14 10M10 20H4V14M4 20L10 14",
  shrink: "M20 10H14V4M14 10L20 4M4 14H10V20M10 14L4 20",
  room: "M12 3L20 7.5V16.5L12 21L4 16.5V7.5ZM4 7.5L12 12L20 7.5M12 12V21",
  share: "M18 8A3 3 0 1 0 15 5L9 10.5A3 3 0 1 0 9 13.5L15 19A3 3 0 1 0 18 16A3 3 0 0 0 15.3 17.5",
  search: "M10.5 4A6.5 6.5 0 1 0 10.5 17A6.5 6.5 0 1 0 10.5 4ZM15.5 15.5L20 20",
};

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 22 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

interface IconButtonProps {
  name: IconName;
  label: string;
  press: () => void;
  disabled?: boolean;
  size?: "small";
}

/** A round button that only shows an icon; its label is said and shown as a tip. Disabled it keeps the focus. */
export function IconButton({ name, label, press, disabled = false, size }: IconButtonProps) {
  return (
    <button
      type="button"
      class={size ? `icon-button ${size}` : "icon-button"}
      aria-label={label}
      title={label}
      aria-disabled={disabled}
      onClick={() => !disabled && press()}
    >
      <Icon name={name} size={size ? 20 : 24} />
    </button>
  );
}
