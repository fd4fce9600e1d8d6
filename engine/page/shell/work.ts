/** Something that a key, a button or a menu item does. */
export type Work = () => void | Promise<void>;

/** Does something that the user asked for; a failure is shown in a notice, never thrown. */
export type Attempt = (work: Work) => void;
