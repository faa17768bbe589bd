/** Imported for its effect by layouts and screens that use tabs, tables, menus, dialogs or drawers of Mantine. */
import './app-styles.css';
