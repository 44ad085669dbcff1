export { Profiles, type DocumentOfProfile, type ProfileErasure, type ProfileToPut } from './profiles';
