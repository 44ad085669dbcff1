export { bareReservation } from './bare-reservation';
export { floor } from './floor';
