/** Imported for its effect by whatever uses dialogs, groups or icon buttons of Mantine. */
import './app-styles.css';
