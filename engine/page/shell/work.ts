/** The action of a key, a button or a menu item. */
export type Work = () => void | Promise<void>;

/** Runs an action that the user asked for. A failure is shown in a notice, never thrown. */
export type Attempt = (work: Work) => void;
