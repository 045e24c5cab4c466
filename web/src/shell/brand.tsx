import { Link } from '@tanstack/react-router';
import { Mark } from '../components/mark.tsx';
import classes from './shell.module.css';

/** The name of the program, which leads to the first screen. It stands there before anything else is known. */
export function Brand() {
  return (
    <Link to="/" className={classes.brand} aria-label="Aquarius, Today">
      <Mark size={28} />
      <span className={classes.name}>Aquarius</span>
    </Link>
  );
}
